package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.routing.OnNet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a user wants, found out from what they typed.
 *
 * @param shown as it stands in the record
 * @param number the number outside, or null if it is one of ours or none at all
 * @param own who of ours, or null
 * @param problem what is wrong, or null
 */
record Wanted(
        String shown,
        @Nullable PhoneNumber number,
        @Nullable OnNet own,
        @Nullable String problem) {
    private static final Pattern ID = Pattern.compile("(?:care4w[-_ ]?[0-9]+|[0-9]{4,7})");
    private static final Pattern SHORT = Pattern.compile("[0-9*#]{1,3}");

    /** Reads what was typed. Short codes, and with them emergency numbers, are refused on purpose: a phone can dial them itself. */
    static Wanted of(String typed, TenantId tenant, Directory directory, String homeRegion) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        if (SHORT.matcher(text).matches()) {
            return wrong(typed, "'" + text + "' is a short code; emergency numbers are dialled from the phone itself");
        }
        if (ID.matcher(text).matches()) {
            Optional<User> user = CareFlowId.find(text).flatMap(id -> directory.user(tenant, id));
            return user.map(found -> own(text, found)).orElseGet(() -> wrong(typed, "no user has this CareFlow ID"));
        }
        PhoneNumber number;
        try {
            number = PhoneNumber.parse(typed, homeRegion);
        } catch (IllegalArgumentException e) {
            return wrong(typed, "is no telephone number");
        }
        Optional<Did> did = directory.did(number);
        if (did.isEmpty()) {
            return new Wanted(number.e164(), number, null, null);
        }
        User owner = did.get().owner();
        return owner == null
                ? new Wanted(number.e164(), null, new OnNet(number.e164(), List.of()), "rings nobody by itself")
                : own(number.e164(), owner);
    }

    /** Only phones of ours: a mobile of a user is a number outside, which somebody would have to pay for. */
    private static Wanted own(String shown, User user) {
        List<Destination> phones = user.endpoints().stream()
                .filter(Destination.Sip.class::isInstance)
                .toList();
        OnNet own = new OnNet(shown, phones);
        return new Wanted(shown, null, own, phones.isEmpty() ? "user has no phone of ours" : null);
    }

    private static Wanted wrong(String typed, String why) {
        return new Wanted(typed.strip(), null, null, why);
    }
}
