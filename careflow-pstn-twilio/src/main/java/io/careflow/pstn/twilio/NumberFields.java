package io.careflow.pstn.twilio;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import java.net.URI;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what Twilio says about a number. */
final class NumberFields {
    private NumberFields() {}

    static NumberAtCarrier owned(Fields number) {
        return owned(number, NumberFields::url);
    }

    /** Numbers of one account mostly share their URLs, and reading one takes longer than all the rest of a number. */
    static List<NumberAtCarrier> owned(List<Fields> numbers) {
        Map<String, Optional<URI>> urls = new HashMap<>();
        return numbers.stream()
                .map(number -> owned(number, text -> urls.computeIfAbsent(text, NumberFields::url)))
                .toList();
    }

    private static NumberAtCarrier owned(Fields number, Function<String, Optional<URI>> url) {
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
                number.text("voice_url").flatMap(url).orElse(null),
                number.text("sms_url").flatMap(url).orElse(null),
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
    private static Optional<URI> url(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
