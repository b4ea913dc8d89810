package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.http.Fields;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Telnyx says of who calls. Never assumes a number: networks write what they like. */
final class Callers {
    /** Words, and what they are on a keypad, that stand where a number is withheld. */
    private static final Set<String> WITHHELD =
            Set.of("", "anonymous", "unknown", "restricted", "unavailable", "private", "+266696687");

    private static final Pattern SIP = Pattern.compile("(?:sips?:)?([^@;?]+)@.*");
    private static final Pattern DIVERTED = Pattern.compile(".*?(?:sips?|tel):([^@;?>]+).*");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final int LONGEST = 256;

    private Callers() {}

    /** The party of this address, with the name shown. */
    static Party party(String address, @Nullable String name) {
        String plain = address.strip();
        String user = user(plain);
        if (WITHHELD.contains(user.toLowerCase(Locale.ROOT))) {
            return Party.anonymous();
        }
        String shown = name == null || name.isBlank() || name.strip().equals(user) ? null : cut(name.strip());
        return new Party(cut(E164.matcher(user).matches() ? user : plain), shown);
    }

    /** The user part of a SIP address; anything else as it is. */
    static String user(String address) {
        Matcher sip = SIP.matcher(address);
        return sip.matches() ? sip.group(1) : address;
    }

    /** What comes with a call besides its parties; the user is whose phone it is, null for a stranger's. */
    static CallOrigin origin(Fields payload, @Nullable SipAddress user) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String list : new String[] {"sip_headers", "custom_headers"}) {
            payload.list(list)
                    .forEach(header -> headers.put(
                            header.requireText("name"), header.text("value").orElse("")));
        }
        Optional<String> level = payload.text("shaken_stir_attestation");
        Optional<Boolean> valid = payload.bool("shaken_stir_validated");
        String raw = level.map(l -> l + (valid.isEmpty() ? "" : valid.get() ? ", validated" : ", not validated"))
                .orElse(null);
        return new CallOrigin(attestation(level.orElse(""), valid), raw, diverted(headers), headers, user);
    }

    /** A level that was not validated vouches for nothing; one that was found wrong is a forgery. */
    private static Attestation attestation(String level, Optional<Boolean> valid) {
        if (level.isEmpty() || valid.isEmpty()) {
            return Attestation.NONE;
        } else if (!valid.get()) {
            return Attestation.FAILED;
        }
        return switch (level.toUpperCase(Locale.ROOT)) {
            case "A" -> Attestation.FULL;
            case "B" -> Attestation.PARTIAL;
            case "C" -> Attestation.GATEWAY;
            default -> Attestation.NONE;
        };
    }

    private static @Nullable Party diverted(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Diversion"))
                .map(header -> DIVERTED.matcher(header.getValue()))
                .filter(Matcher::matches)
                .map(matcher -> party(matcher.group(1), null))
                .findFirst()
                .orElse(null);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
