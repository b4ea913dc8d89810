package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import java.net.URI;
import java.util.Map;

/** Sets callbacks by {@code setSMS}. Thread-safe. */
final class VoipMsCallbacks implements MessageCallbacks {
    private static final String OPERATION = "message.callback";
    /** The text comes last, so that nothing in it can hide what is before it. */
    private static final String VARIABLES =
            "to={TO}&from={FROM}&id={ID}&ts={TIMESTAMP}&media={MEDIA}&message={MESSAGE}";

    private final VoipMsClient client;
    private final NumberRows rows;
    private final Secret template;

    VoipMsCallbacks(VoipMsClient client, URI url, Secret token) {
        this.client = client;
        this.rows = new NumberRows(client);
        this.template =
                Secret.of(url + (url.getRawQuery() == null ? "?" : "&") + "token=" + token.reveal() + "&" + VARIABLES);
    }

    @Override
    public Secret template() {
        return template;
    }

    @Override
    public void enable(PhoneNumber number) {
        Fields row = Reads.before(OPERATION, () -> rows.row(OPERATION, number))
                .orElseThrow(() -> new NotFound(
                        Failure.of(client.id(), OPERATION, Effect.NONE, "the account has no number " + number)));
        Map<String, String> changes = Map.of(
                "enable", "1",
                "url_callback_enable", "1",
                "url_callback", template.reveal(),
                "url_callback_retry", "1");
        new NumberWrites(client).sms(OPERATION, row, changes, false);
    }
}
