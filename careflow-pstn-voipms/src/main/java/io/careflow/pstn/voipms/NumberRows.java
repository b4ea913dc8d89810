package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The account's numbers as {@code getDIDsInfo} tells them. Thread-safe. */
final class NumberRows {
    static final String ACCOUNT = "account:";

    private static final Logger LOG = LoggerFactory.getLogger(NumberRows.class);

    private final VoipMsClient client;

    NumberRows(VoipMsClient client) {
        this.client = client;
    }

    /** The row of a number, if the account owns it. */
    Optional<Fields> row(String operation, PhoneNumber number) {
        VoipMsCall call = VoipMsCall.of(operation, "getDIDsInfo").with("did", WireNumbers.toWire(number));
        try {
            return client.list(call, "dids").stream()
                    .filter(row -> isOf(row, number))
                    .findFirst();
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    /** All rows. */
    List<Fields> rows(String operation) {
        return client.list(VoipMsCall.of(operation, "getDIDsInfo"), "dids");
    }

    /** The number of a row; empty, and told to the log, if it cannot be read. */
    Optional<NumberAtCarrier> owned(Fields row) {
        Optional<PhoneNumber> number = number(row);
        if (number.isEmpty()) {
            LOG.warn("{}: a number of the account is none that can be read, and is left out", client.id());
        }
        return number.map(known -> owned(row, known));
    }

    static Optional<PhoneNumber> number(Fields row) {
        return row.text("did").flatMap(WireNumbers::fromWire);
    }

    /** The number of a row as requests want it, whatever the number's own dial mode makes of it. */
    static String did(Fields row) {
        return number(row).map(WireNumbers::toWire).orElseGet(() -> row.requireText("did"));
    }

    static NumberAtCarrier owned(Fields row, PhoneNumber number) {
        return new NumberAtCarrier(
                number,
                row.requireText("did"),
                row.text("note").or(() -> row.text("description")).orElse(""),
                NumberAtCarrier.Status.ACTIVE,
                "",
                features(row),
                null,
                callback(row),
                account(row).orElse(null));
    }

    /** The sub-account or main account that takes its calls. */
    static Optional<String> account(Fields row) {
        return row.text("routing")
                .filter(routing -> routing.startsWith(ACCOUNT) && routing.length() > ACCOUNT.length())
                .map(routing -> routing.substring(ACCOUNT.length()));
    }

    private static boolean isOf(Fields row, PhoneNumber number) {
        return number(row).filter(number::equals).isPresent();
    }

    // Keys of messages are there only where there can be messages.
    private static Set<NumberFeature> features(Fields row) {
        EnumSet<NumberFeature> features = EnumSet.of(NumberFeature.VOICE);
        if (row.bool("sms_available").or(() -> row.bool("sms_enabled")).orElse(false)) {
            features.add(NumberFeature.SMS);
        }
        if (row.bool("mms_available").orElse(false)) {
            features.add(NumberFeature.MMS);
        }
        if (row.bool("e911").orElse(false)) {
            features.add(NumberFeature.EMERGENCY);
        }
        return features;
    }

    // The words in braces that VoIP.ms fills in belong to no URL.
    private static @Nullable URI callback(Fields row) {
        if (!row.bool("sms_url_callback_enabled").orElse(false)) {
            return null;
        }
        try {
            return row.text("sms_url_callback")
                    .map(url -> URI.create(url.replaceFirst("[?].*", "").strip()))
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
