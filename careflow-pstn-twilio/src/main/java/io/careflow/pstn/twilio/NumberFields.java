package io.careflow.pstn.twilio;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what Twilio says about a number. */
final class NumberFields {
    private NumberFields() {}

    static NumberAtCarrier owned(Fields number) {
        String status = number.text("status").orElse("");
        return new NumberAtCarrier(
                number.read("phone_number", "a number in E.164", PhoneNumber::new)
                        .orElseThrow(() -> number.wrong("phone_number", "there")),
                number.requireText("sid"),
                number.text("friendly_name").orElse(""),
                // Older accounts have numbers without a status, which work.
                status.isEmpty() || status.equals("in-use")
                        ? NumberAtCarrier.Status.ACTIVE
                        : NumberAtCarrier.Status.OTHER,
                status,
                features(number),
                url(number, "voice_url"),
                url(number, "sms_url"),
                number.text("trunk_sid").orElse(null));
    }

    static Set<NumberFeature> features(Fields number) {
        EnumSet<NumberFeature> features = EnumSet.noneOf(NumberFeature.class);
        Optional<Fields> capabilities = number.object("capabilities");
        if (capabilities.isEmpty()) {
            return features;
        }
        for (NumberFeature feature : NumberFeature.values()) {
            // 'voice', 'SMS', 'MMS': the case differs between its resources.
            String name = feature.name();
            if (capabilities
                    .get()
                    .bool(name)
                    .or(() -> capabilities.get().bool(name.toLowerCase(Locale.ROOT)))
                    .orElse(false)) {
                features.add(feature);
            }
        }
        return features;
    }

    // Somebody may have typed anything into Twilio's console; that must not hide the whole list.
    private static @Nullable URI url(Fields number, String name) {
        try {
            return number.text(name).map(URI::create).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
