package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the account's numbers. What they can do with messages stands in a list of its own. Thread-safe. */
final class NumberRows {
    private static final int PAGE = 250;

    private final TelnyxClient client;

    NumberRows(TelnyxClient client) {
        this.client = client;
    }

    /** The row of a number that the account has, if it has it. */
    Optional<Fields> row(String operation, PhoneNumber number) {
        // Telnyx finds every number that holds these digits.
        HttpCall list = HttpCall.of(operation, "GET", "phone_numbers").query("filter[phone_number]", number.digits());
        return client.all(list, PAGE).stream()
                .filter(NumberRows::isOwned)
                .filter(row -> row.text("phone_number").orElse("").equals(number.e164()))
                .findFirst();
    }

    /** The number, if the account has it. */
    Optional<NumberAtCarrier> find(String operation, PhoneNumber number) {
        return row(operation, number).map(row -> owned(row, features(operation, row)));
    }

    List<NumberAtCarrier> list(String operation) {
        List<Fields> rows = client.all(HttpCall.of(operation, "GET", "phone_numbers"), PAGE).stream()
                .filter(NumberRows::isOwned)
                .filter(row -> !isShortCode(row))
                .toList();
        Map<String, Fields> messaging = new HashMap<>();
        if (!rows.isEmpty()) {
            client.pages(
                    HttpCall.of(operation, "GET", "phone_numbers", "messaging"),
                    PAGE,
                    settings -> settings.text("phone_number").ifPresent(number -> messaging.put(number, settings)));
        }
        return rows.stream()
                .map(row ->
                        owned(row, features(row, Optional.ofNullable(messaging.get(row.requireText("phone_number"))))))
                .toList();
    }

    /** What a number can do, asking for what its row does not say. */
    Set<NumberFeature> features(String operation, Fields row) {
        return features(
                row, client.find(HttpCall.of(operation, "GET", "phone_numbers", row.requireText("id"), "messaging")));
    }

    static NumberAtCarrier owned(Fields row, Set<NumberFeature> features) {
        String status = row.text("status").orElse("");
        return new NumberAtCarrier(
                NumberWords.number(row),
                row.requireText("id"),
                row.text("customer_reference")
                        .filter(reference -> !References.isOurs(reference))
                        .orElse(""),
                NumberWords.status(status),
                status,
                features,
                null,
                null,
                row.text("connection_id").orElse(null));
    }

    private static Set<NumberFeature> features(Fields row, Optional<Fields> messaging) {
        EnumSet<NumberFeature> features = EnumSet.noneOf(NumberFeature.class);
        if (!row.text("phone_number_type").orElse("").equals("shortcode")) {
            features.add(NumberFeature.VOICE);
        }
        if (row.text("emergency_status").orElse("").equals("active")) {
            features.add(NumberFeature.EMERGENCY);
        }
        if (row.bool("t38_fax_gateway_enabled").orElse(false)) {
            features.add(NumberFeature.FAX);
        }
        Optional<Fields> ways = messaging.flatMap(settings -> settings.object("features"));
        if (ways.flatMap(way -> way.object("sms")).filter(NumberRows::isAny).isPresent()) {
            features.add(NumberFeature.SMS);
        }
        if (ways.flatMap(way -> way.object("mms")).filter(NumberRows::isAny).isPresent()) {
            features.add(NumberFeature.MMS);
        }
        return features;
    }

    private static boolean isAny(Fields ways) {
        return ways.bool("domestic_two_way").orElse(false)
                || ways.bool("international_inbound").orElse(false)
                || ways.bool("international_outbound").orElse(false);
    }

    // Old rows of short codes: 5 or 6 digits, which are no numbers in E.164.
    private static boolean isShortCode(Fields row) {
        return row.text("phone_number_type").orElse("").equals("shortcode")
                && row.text("phone_number").orElse("").matches("[0-9]{3,8}");
    }

    private static boolean isOwned(Fields row) {
        return !NumberWords.isGone(row.text("status").orElse(""));
    }
}
