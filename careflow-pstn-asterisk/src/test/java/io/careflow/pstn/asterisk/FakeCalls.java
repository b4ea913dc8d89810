package io.careflow.pstn.asterisk;

import io.careflow.pstn.Secret;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.flow.CallFlow;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An application at a {@link FakeAri}: what it was asked and told, and what Asterisk says to it. */
final class FakeCalls implements AutoCloseable {
    static final CallFlow BYE = CallFlow.start().hangUp();
    static final CallFlow PAUSE = CallFlow.start().pause(Duration.ofSeconds(60)).hangUp();
    static final CallState INBOUND = state(Direction.INBOUND);
    static final CallState OUTBOUND = state(Direction.OUTBOUND);
    private static final String NOW = "2026-11-22T10:08:54.123+0000";

    final List<CallEvent> events = new CopyOnWriteArrayList<>();
    final List<FlowEvent> asked = new CopyOnWriteArrayList<>();
    final AsteriskProvider provider;
    final Socket socket;
    private final FakeAri asterisk;

    FakeCalls(FakeAri asterisk, Path prompts, CallFlow answer) throws InterruptedException {
        this(asterisk, prompts, answer, builder -> builder);
    }

    /** An application that answers everything with this flow. */
    FakeCalls(FakeAri asterisk, Path prompts, CallFlow answer, UnaryOperator<AsteriskBuilder> more)
            throws InterruptedException {
        this.asterisk = asterisk;
        AsteriskBuilder builder = AsteriskBuilder.of(asterisk.uri(), "u", Secret.of("p"))
                .promptFolder(prompts)
                .trunk("carrier")
                .events(events::add)
                .handler(event -> {
                    asked.add(event);
                    return answer;
                });
        provider = more.apply(builder).start();
        socket = asterisk.nextEvents();
    }

    /** An Asterisk without calls. */
    static FakeAri asterisk() {
        return new FakeAri()
                .answer("GET /ari/asterisk/info", 200, "{\"system\":{\"version\":\"22.1.0\"},\"status\":{}}")
                .answer("GET /ari/asterisk/variable", 404, "{}")
                .answer("GET /ari/channels", 200, "[]");
    }

    FakeCalls connected() throws InterruptedException {
        if (!provider.awaitConnected(Duration.ofSeconds(5))) {
            throw new AssertionError("not connected");
        }
        return this;
    }

    CallControl control() {
        return provider.require(CallControl.class);
    }

    CallRef ref(String id) {
        return new CallRef(provider.id(), id);
    }

    <T extends CallEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Requests that start like this. */
    List<String> requests(String start) {
        return asterisk.requests.stream().filter(r -> r.startsWith(start)).toList();
    }

    void arrives(String id) throws IOException {
        says("StasisStart", "\"args\":[\"inbound\"],\"channel\":" + channel(id, "Stasis", "careflow,inbound", "in"));
    }

    void dial(String status, String call, String leg) throws IOException {
        says(
                "Dial",
                "\"dialstatus\":\"" + status + "\",\"dialstring\":\"1001/sip:1001@x\",\"caller\":" + channel(call)
                        + ",\"peer\":" + channel(leg));
    }

    void destroyed(String id) throws IOException {
        says("ChannelDestroyed", "\"cause\":16,\"cause_txt\":\"x\",\"channel\":" + channel(id));
    }

    void says(String type, String fields) throws IOException {
        FakeAri.send(socket, "{\"type\":\"" + type + "\",\"timestamp\":\"" + NOW + "\"," + fields + "}");
    }

    static String channel(String id) {
        return channel(id, "", "", "");
    }

    static String channel(String id, String app, String data, String context) {
        return "{\"id\":\"" + id + "\",\"name\":\"PJSIP/c-1\",\"state\":\"Up\","
                + "\"caller\":{\"name\":\"\",\"number\":\"+14165550100\"},\"creationtime\":\"" + NOW + "\","
                + "\"dialplan\":{\"context\":\"" + context + "\",\"exten\":\"+15551234567\",\"app_name\":\"" + app
                + "\",\"app_data\":\"" + data + "\"}}";
    }

    static String value(String text) {
        return "{\"value\":\"" + text + "\"}";
    }

    @Override
    public void close() {
        provider.close();
    }

    private static CallState state(Direction direction) {
        return CallState.beginning(
                direction, Instant.parse("2026-11-22T10:00:00Z"), Party.of("+14165550100"), Party.of("+15551234567"));
    }
}
