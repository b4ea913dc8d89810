package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads E911: {@code e911Info}, and for all numbers their rows. Never writes. Thread-safe. */
final class VoipMsEmergency implements EmergencyAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(VoipMsEmergency.class);
    private static final String OPERATION = "emergency.find";
    private static final List<String> ADDRESS = List.of(
            "full_name",
            "street_number",
            "street_name",
            "address_type",
            "address_number",
            "city",
            "state",
            "zip_code",
            "country",
            "language",
            "email",
            "other_info");

    private final VoipMsClient client;

    VoipMsEmergency(VoipMsClient client) {
        this.client = client;
    }

    @Override
    public EmergencyState of(PhoneNumber number) {
        try {
            Fields answer = client.read(VoipMsCall.of(OPERATION, "e911Info").with("did", WireNumbers.toWire(number)));
            return warned(answer.object("info").map(info -> told(number, info)).orElseGet(() -> absent(number)));
        } catch (NotFound e) {
            // It does not know the number, or knows no address of it.
            return warned(owned(number).bool("e911").orElse(false) ? unclear(number) : absent(number));
        } catch (Conflict e) {
            return warned(
                    e.code().filter("e911_pending"::equalsIgnoreCase).isPresent() ? pending(number) : absent(number));
        }
    }

    @Override
    public List<EmergencyState> all() {
        return client.list(VoipMsCall.of("emergency.list", "getDIDsInfo"), "dids").stream()
                .flatMap(row -> WireNumbers.fromWire(row.requireText("did")).stream()
                        // Outside of North America there is no 911.
                        .filter(WireNumbers::isNanp)
                        .map(number -> warned(row.bool("e911").orElse(false) ? registered(number) : absent(number))))
                .toList();
    }

    private Fields owned(PhoneNumber number) {
        return new NumberRows(client)
                .row(OPERATION, number)
                .orElseThrow(() -> new NotFound(
                        Failure.of(client.id(), OPERATION, Effect.NONE, "the account has no number " + number)));
    }

    private static EmergencyState told(PhoneNumber number, Fields info) {
        Map<String, String> address = new TreeMap<>();
        ADDRESS.forEach(name -> info.text(name).ifPresent(value -> address.put(name, value)));
        String status = info.text("status").orElse("").toLowerCase(Locale.ROOT);
        if (status.contains("pending") || status.contains("process")) {
            return new EmergencyState(
                    number,
                    EmergencyState.Status.PENDING,
                    address,
                    pending(number).finding());
        }
        return address.isEmpty()
                ? absent(number)
                : new EmergencyState(number, EmergencyState.Status.REGISTERED, address, "");
    }

    private static EmergencyState registered(PhoneNumber number) {
        return new EmergencyState(number, EmergencyState.Status.REGISTERED, Map.of(), "");
    }

    private static EmergencyState unclear(PhoneNumber number) {
        return new EmergencyState(
                number,
                EmergencyState.Status.ABSENT,
                Map.of(),
                "VoIP.ms says that E911 is on for " + number + ", but tells no address");
    }

    private static EmergencyState pending(PhoneNumber number) {
        return new EmergencyState(
                number,
                EmergencyState.Status.PENDING,
                Map.of(),
                "E911 of " + number + " is being set up: until then who calls 911 from it is not found");
    }

    private static EmergencyState absent(PhoneNumber number) {
        return new EmergencyState(
                number,
                EmergencyState.Status.ABSENT,
                Map.of(),
                "no E911 address for " + number + ": who calls 911 from it is not found. Register one in the portal");
    }

    private EmergencyState warned(EmergencyState state) {
        if (!state.finding().isEmpty()) {
            LOG.warn("{}: EMERGENCY CALLS: {}", client.id(), state.finding());
        }
        return state;
    }
}
