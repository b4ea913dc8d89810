package io.careflow.pstn.voipms;

import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sub-accounts and servers of the conformance kit's account. */
final class FakeTrunks implements FakePart {
    static final String SIP_PASSWORD = "Kept-In-Clear7";

    private final Operation operation;
    private final Samples samples;
    private volatile Map<String, String> created = Map.of();

    FakeTrunks(Operation operation, Samples samples) {
        this.operation = operation;
        this.samples = samples;
    }

    @Override
    public @Nullable String answer(String method, Map<String, String> form, boolean done) {
        return switch (method) {
            case "getServersInfo" -> servers();
            case "getSubAccounts" -> accounts(form.getOrDefault("account", ""), done);
            case "createSubAccount" -> {
                created = form;
                yield FakeVoipMs.success("\"id\":99785,\"account\":\"" + samples.trunkId() + "\"");
            }
            case "setSubAccount", "delSubAccount" -> FakeVoipMs.success("");
            default -> null;
        };
    }

    static String servers() {
        return FakeVoipMs.success("\"servers\":[" + server("Montreal 1, QC", "montreal1", "208.100.60.19", 33, "no")
                + "," + server("Toronto 1, ON", "toronto1", "208.100.60.50", 5, "yes") + "]");
    }

    static String server(String name, String host, String address, int pop, String recommended) {
        return "{\"server_name\":\"" + name + "\",\"server_shortname\":\"" + name.replaceFirst(",.*", "")
                + "\",\"server_hostname\":\"" + host + ".voip.ms\",\"server_ip\":\"" + address
                + "\",\"server_country\":\"Canada\",\"server_pop\":\"" + pop + "\",\"server_recommended\":\""
                + recommended + "\"}";
    }

    private String accounts(String wanted, boolean done) {
        boolean creating = operation == Operation.TRUNK_CREATE;
        if ((creating && !done) || (!wanted.isEmpty() && !wanted.equals(samples.trunkId()))) {
            return "{\"status\":\"no_subaccount\"}";
        }
        String row = row(
                samples.trunkId(),
                creating ? created.getOrDefault("password", "") : SIP_PASSWORD,
                creating ? created.getOrDefault("description", "") : "clinic");
        return FakeVoipMs.success("\"accounts\":[" + row + "]");
    }

    static String row(String account, String password, String description) {
        return "{\"id\":\"99785\",\"account\":\"" + account + "\",\"username\":\"" + account.replaceFirst(".*_", "")
                + "\",\"description\":\"" + description
                + "\",\"protocol\":\"1\",\"auth_type\":\"1\",\"password\":\"" + password
                + "\",\"ip\":\"\",\"device_type\":\"1\",\"callerid_number\":\"-1\",\"canada_routing\":\"1\","
                + "\"lock_international\":\"1\",\"international_route\":\"1\",\"music_on_hold\":\"default\","
                + "\"language\":\"en\",\"allowed_codecs\":\"ulaw;g722\",\"dtmf_mode\":\"auto\",\"nat\":\"yes\","
                + "\"sip_traffic\":\"0\",\"max_expiry\":\"3600\",\"rtp_timeout\":\"60\",\"rtp_hold_timeout\":\"600\","
                + "\"ip_restriction\":\"\",\"enable_ip_restriction\":\"0\",\"pop_restriction\":\"\","
                + "\"enable_pop_restriction\":\"0\",\"send_bye\":\"1\",\"record_calls\":\"0\","
                + "\"internal_extension\":\"\",\"default_e911\":\"\"}";
    }
}
