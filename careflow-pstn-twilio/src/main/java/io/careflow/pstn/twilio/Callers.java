package io.careflow.pstn.twilio;

import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.SipAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Twilio says of who calls. Never assumes a number: networks write what they like. */
final class Callers {
    /** Words, and what they are on a keypad, that stand where a number is withheld. */
    private static final Set<String> WITHHELD = Set.of(
            "",
            "anonymous",
            "unknown",
            "restricted",
            "unavailable",
            "blocked",
            "private",
            "+266696687",
            "+2562533",
            "+7378742833",
            "+86282452253",
            "+8656696",
            "+8566",
            "+464");

    private static final Pattern SIP = Pattern.compile("sips?:([^@;?]+)@.*");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern VERSTAT = Pattern.compile("TN-Validation-(Passed|Failed)(?:-([A-C]))?(?:-.*)?");
    private static final String HEADER = "SipHeader_";
    private static final int LONGEST = 256;

    private Callers() {}

    /** The party of this address, with the name shown. */
    static Party party(String address, @Nullable String name) {
        String plain = address.strip();
        String user = plain.startsWith("sip") ? user(plain) : plain;
        if (WITHHELD.contains(user.toLowerCase(Locale.ROOT))) {
            return Party.anonymous();
        }
        String shown = name == null || name.isBlank() ? null : cut(name.strip());
        boolean number = user.equals(plain) || E164.matcher(user).matches();
        return new Party(cut(number ? user : plain), shown);
    }

    /** What comes with a call besides its parties; the user is whose phone it is, null for a stranger's. */
    static CallOrigin origin(Form form, @Nullable SipAddress user) {
        String verstat = form.text("StirVerstat");
        String forwarded = form.text("ForwardedFrom");
        return new CallOrigin(
                attestation(verstat),
                verstat.isEmpty() ? null : verstat,
                forwarded.isEmpty() ? null : party(forwarded, null),
                form.beginning(HEADER),
                user);
    }

    /** The user part of a SIP address; anything else as it is. */
    static String user(String address) {
        Matcher sip = SIP.matcher(address);
        return sip.matches() ? sip.group(1) : address;
    }

    private static Attestation attestation(String verstat) {
        if (verstat.isEmpty()) {
            return Attestation.NONE;
        }
        Matcher known = VERSTAT.matcher(verstat);
        if (!known.matches()) {
            return Attestation.NONE;
        } else if (known.group(1).equals("Failed")) {
            return Attestation.FAILED;
        }
        String level = known.group(2) == null ? "" : known.group(2);
        return switch (level) {
            case "A" -> Attestation.FULL;
            case "B" -> Attestation.PARTIAL;
            case "C" -> Attestation.GATEWAY;
            default -> Attestation.NONE;
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
