package io.careflow.pstn.voipms;

import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import io.careflow.pstn.tck.SentRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An account at VoIP.ms as it stands while one operation is done with the samples of the conformance kit: what its requests find,
 * and what they are answered when all is well.
 */
final class FakeVoipMs {
    private static final List<String> READS = List.of("get", "search");

    private final boolean done;
    private final boolean strange;
    private final List<FakePart> parts;
    private volatile boolean written;

    /**
     * An account.
     *
     * @param done whether what the operation makes is there, once its first write came
     * @param more whether there are fields that nobody documented
     * @param strangeStatus whether things have a status that nobody documented
     */
    FakeVoipMs(Operation operation, Samples samples, boolean done, boolean more, boolean strangeStatus) {
        this.done = done;
        this.strange = more;
        this.parts = List.of(
                new FakeNumbers(operation, samples),
                new FakeTrunks(operation, samples),
                new FakeRecords(operation, samples, strangeStatus));
    }

    /** Whether a method of the API changes something. */
    static boolean isWrite(String method) {
        String plain = method.toLowerCase(Locale.ROOT);
        return READS.stream().noneMatch(plain::startsWith) && !plain.equals("e911info");
    }

    FakeReply reply(SentRequest request) {
        Map<String, String> form = form(request);
        String method = form.getOrDefault("method", "");
        if (isWrite(method)) {
            written = true;
        }
        for (FakePart part : parts) {
            String answer = part.answer(method, form, done && written);
            if (answer != null) {
                return FakeReply.of(200, "text/html", twisted(answer).getBytes(StandardCharsets.UTF_8));
            }
        }
        return status("invalid_method");
    }

    /** The same account without anything in it. */
    static FakeReply unknown(SentRequest request) {
        String method = form(request).getOrDefault("method", "");
        return switch (method) {
            case "getServersInfo" -> FakeReply.json(200, FakeTrunks.servers());
            case "getDIDsInfo", "searchDIDsCAN", "searchDIDsUSA", "getDIDsCAN", "getDIDsUSA" -> status("no_did");
            case "getSubAccounts" -> status("no_subaccount");
            case "getCDR", "getResellerCDR" -> status("no_cdr");
            case "getSMS", "getMMS" -> status("no_sms");
            case "getCallRecordings" -> status("no_recording");
            default -> status("invalid_id");
        };
    }

    static FakeReply status(String code) {
        return FakeReply.json(200, "{\"status\":\"" + code + "\"}");
    }

    static String success(String fields) {
        return "{\"status\":\"success\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    static Map<String, String> form(SentRequest request) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : request.body().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return form;
    }

    // Into every object, at its beginning.
    private String twisted(String json) {
        String more = "\"brand_new\":\"x\",\"brand_newer\":{\"a\":[1,null]},\"brand_newest\":null,";
        return strange ? json.replaceAll("\\{(?=\")", "{" + more.replace("$", "\\$")) : json;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
