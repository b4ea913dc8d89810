package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sets callbacks by {@code setSMS}. Whether that forgets what it is not told is not documented, so it is told what the number has.
 * Thread-safe.
 */
final class VoipMsCallbacks implements MessageCallbacks {
    private static final String OPERATION = "message.callback";
    /** The text comes last, so that nothing in it can hide what is before it. */
    private static final String VARIABLES =
            "to={TO}&from={FROM}&id={ID}&ts={TIMESTAMP}&media={MEDIA}&message={MESSAGE}";

    /** What a number's row calls it, and what a request calls it. */
    private static final Map<String, String> NAMES = Map.of(
            "sms_email_enabled", "email_enabled",
            "sms_email", "email_address",
            "sms_forward_enabled", "sms_forward_enable",
            "sms_forward", "sms_forward",
            "sms_sipaccount_enabled", "sms_sipaccount_enabled",
            "sms_sipaccount", "sms_sipaccount");

    private final VoipMsClient client;
    private final Secret template;

    VoipMsCallbacks(VoipMsClient client, URI url, Secret token) {
        this.client = client;
        this.template =
                Secret.of(url + (url.getRawQuery() == null ? "?" : "&") + "token=" + token.reveal() + "&" + VARIABLES);
    }

    @Override
    public Secret template() {
        return template;
    }

    @Override
    public void enable(PhoneNumber number) {
        String did = WireNumbers.toWire(number);
        Fields row = Reads.before(
                        OPERATION,
                        () -> client.find(
                                VoipMsCall.of(OPERATION, "getDIDsInfo").with("did", did), "dids"))
                .orElseThrow(() -> new NotFound(
                        Failure.of(client.id(), OPERATION, Effect.NONE, "the account has no number " + number)));
        Map<String, String> kept = new LinkedHashMap<>();
        NAMES.forEach((theirs, name) -> row.text(theirs).ifPresent(value -> kept.put(name, value)));
        Fields unused = client.write(VoipMsCall.of(OPERATION, "setSMS")
                .with("did", did)
                .flag("enable", true)
                .withAll(kept)
                .flag("url_callback_enable", true)
                .with("url_callback", template.reveal())
                .flag("url_callback_retry", true));
    }
}
