package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers and balance of the conformance kit's account. */
final class FakeNumbers implements FakePart {
    private final Operation operation;
    private final Samples samples;

    FakeNumbers(Operation operation, Samples samples) {
        this.operation = operation;
        this.samples = samples;
    }

    @Override
    public @Nullable String answer(String method, Map<String, String> form, boolean done) {
        return switch (method) {
            case "getBalance" ->
                FakeVoipMs.success("\"balance\":{\"current_balance\":\""
                        + samples.balance().amount().toPlainString() + "\"}");
            case "searchDIDsCAN", "getDIDsCAN" -> FakeVoipMs.success("\"dids\":[" + stock() + "]");
            case "getDIDsInfo" -> owned(form.getOrDefault("did", ""), done);
            case "orderDID", "setDIDRouting", "setDIDInfo", "setDIDPOP", "setSMS", "cancelDID" ->
                FakeVoipMs.success("");
            default -> null;
        };
    }

    private String owned(String wanted, boolean done) {
        PhoneNumber number = samples.owned();
        if (operation == Operation.NUMBER_ORDER) {
            number = samples.available();
            if (!done) {
                return "{\"status\":\"no_did\"}";
            }
        }
        String did = WireNumbers.toWire(number);
        if (!wanted.isEmpty() && !wanted.equals(did)) {
            return "{\"status\":\"no_did\"}";
        }
        boolean onTrunk = operation == Operation.TRUNK_DETACH;
        return FakeVoipMs.success(
                "\"dids\":[" + row(did, onTrunk ? "account:" + samples.trunkId() : "sys:noservice") + "]");
    }

    static String row(String did, String routing) {
        return "{\"did\":\"" + did + "\",\"description\":\"TORONTO, ON\",\"routing\":\"" + routing
                + "\",\"failover_busy\":\"none:\",\"failover_unreachable\":\"none:\",\"failover_noanswer\":\"none:\","
                + "\"voicemail\":\"0\",\"pop\":\"5\",\"dialtime\":\"60\",\"cnam\":\"0\",\"e911\":\"0\","
                + "\"callerid_prefix\":\"\",\"note\":\"\",\"billing_type\":\"1\",\"next_billing\":\"2026-04-01\","
                + "\"order_date\":\"2026-03-01 07:00:00\",\"sms_available\":1,\"sms_enabled\":\"0\"}";
    }

    private String stock() {
        return "{\"did\":\"" + WireNumbers.toWire(samples.available())
                + "\",\"ratecenter\":\"SHERBROOKE\",\"province\":\"QC\",\"province_description\":\"QUEBEC\","
                + "\"perminute_monthly\":\"0.85\",\"perminute_minute\":\"0.009\",\"perminute_setup\":\"0.40\","
                + "\"flat_monthly\":\"4.25\",\"flat_minute\":\"0.00\",\"flat_setup\":\"0.40\",\"sms\":1}";
    }
}
