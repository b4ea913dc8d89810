package io.careflow.pstn.voipms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the changes of a number that is owned. Thread-safe. */
final class NumberWrites {
    /** What can be written alone; for everything else the whole number is written. */
    private static final Map<String, String> ALONE =
            Map.of("routing", "setDIDRouting", "pop", "setDIDPOP", "billing_type", "setDIDBillingType");

    private static final Set<String> READ_ONLY = Set.of("did", "description", "e911", "next_billing", "order_date");
    private static final List<String> OTHERS = List.of("reseller_", "sms_", "mms_", "smpp_", "webhook", "dialmode");
    private static final Set<String> UNSET = Set.of("-1", "0000-00-00", "0000-00-00 00:00:00");
    /**
     * What a number's row calls its SMS settings, and what a request calls them. Whether setSMS forgets what it is not told is not
     * documented, so it is told what there is.
     */
    private static final Map<String, String> SMS = Map.of(
            "sms_email_enabled", "email_enabled",
            "sms_email", "email_address",
            "sms_forward_enabled", "sms_forward_enable",
            "sms_forward", "sms_forward",
            "sms_url_callback_enabled", "url_callback_enable",
            "sms_url_callback", "url_callback",
            "sms_url_callback_retry", "url_callback_retry",
            "sms_sipaccount_enabled", "sms_sipaccount_enabled",
            "sms_sipaccount", "sms_sipaccount");

    private static final int MOST_WAITS = 3;

    private final VoipMsClient client;

    NumberWrites(VoipMsClient client) {
        this.client = client;
    }

    /**
     * Changes what belongs to the number itself.
     *
     * @return the row as it is then
     */
    Fields did(String operation, Fields row, Map<String, String> changes) {
        if (changes.isEmpty()) {
            return row;
        }
        String did = NumberRows.did(row);
        String name = changes.keySet().iterator().next();
        String alone = changes.size() == 1 ? ALONE.get(name) : null;
        VoipMsCall call = alone == null
                ? VoipMsCall.of(operation, "setDIDInfo").with("did", did).withAll(whole(row, changes))
                : VoipMsCall.of(operation, alone).with("did", did).withAll(changes);
        Fields unused = client.write(call);
        return changed(client.id(), operation, row, changes);
    }

    /**
     * Changes what becomes of its text messages.
     *
     * @param patient whether to wait while VoIP.ms is still setting up a new number
     */
    void sms(String operation, Fields row, Map<String, String> changes, boolean patient) {
        if (changes.isEmpty()) {
            return;
        }
        Map<String, String> whole = new LinkedHashMap<>();
        SMS.forEach((theirs, name) -> row.text(theirs).ifPresent(value -> whole.put(name, value)));
        whole.putAll(changes);
        VoipMsCall call = VoipMsCall.of(operation, "setSMS")
                .with("did", NumberRows.did(row))
                .withAll(whole);
        for (int waits = 0; ; waits++) {
            try {
                Fields unused = client.write(call);
                return;
            } catch (Conflict e) {
                // It refused, so the same may be sent again.
                Duration wait = e.retryAfter().orElse(Duration.ZERO);
                if (!patient || wait.isZero() || waits == MOST_WAITS || !client.slept(wait)) {
                    throw e;
                }
            }
        }
    }

    // setDIDInfo forgets what it is not told, so it is told everything, also what nobody here knows.
    private static Map<String, String> whole(Fields row, Map<String, String> changes) {
        Map<String, String> whole = new LinkedHashMap<>();
        for (String name : row.names()) {
            boolean written = !READ_ONLY.contains(name) && OTHERS.stream().noneMatch(name::startsWith);
            if (written && row.node().path(name).isValueNode() && row.has(name)) {
                String value = row.node().path(name).asText();
                boolean unset = UNSET.contains(value) || (name.equals("voicemail") && value.equals("0"));
                if (!unset) {
                    whole.put(name, value);
                }
            }
        }
        whole.putAll(changes);
        return whole;
    }

    private static Fields changed(ProviderId provider, String operation, Fields row, Map<String, String> changes) {
        ObjectNode node = ((ObjectNode) row.node()).deepCopy();
        changes.forEach(node::put);
        return Fields.of(provider, operation, node);
    }
}
