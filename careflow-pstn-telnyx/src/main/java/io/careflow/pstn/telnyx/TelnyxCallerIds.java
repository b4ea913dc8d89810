package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.number.CallerIds;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Verified numbers at Telnyx. They have no id but the number, and their moments have no offset. Thread-safe. */
final class TelnyxCallerIds implements CallerIds {
    private static final String PATH = "verified_numbers";

    private final TelnyxClient client;

    TelnyxCallerIds(TelnyxClient client) {
        this.client = client;
    }

    @Override
    public List<CallerId> list() {
        return client.all(HttpCall.of("caller-id.list", "GET", PATH), 250).stream()
                .map(TelnyxCallerIds::read)
                .toList();
    }

    @Override
    public void begin(PhoneNumber number, Method method) {
        ObjectNode body = client.object()
                .put("phone_number", number.e164())
                .put("verification_method", method.name().toLowerCase(Locale.ROOT));
        Object unused = client.unwrapped(client.with(HttpCall.of("caller-id.begin", "POST", PATH), body));
    }

    @Override
    public CallerId confirm(PhoneNumber number, String code) {
        HttpCall call = HttpCall.of("caller-id.confirm", "POST", PATH, number.e164(), "actions", "verify");
        ObjectNode body = client.object().put("verification_code", code);
        return read(client.data(client.with(call, body)));
    }

    @Override
    public void remove(PhoneNumber number) {
        try {
            Object unused = client.send(HttpCall.of("caller-id.remove", "DELETE", PATH, number.e164()));
        } catch (NotFound e) {
            // That is what was wanted.
        }
    }

    private static CallerId read(Fields verified) {
        return new CallerId(
                NumberWords.number(verified),
                verified.instant("verified_at", ZoneOffset.UTC).orElse(null),
                verified.text("status").orElse(""));
    }
}
