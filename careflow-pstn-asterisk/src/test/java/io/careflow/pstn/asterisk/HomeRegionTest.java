package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Secret;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Reject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeRegionTest {
    private final FakeAri asterisk = new FakeAri()
            .answer("GET /ari/asterisk/info", 200, "{\"system\":{\"version\":\"20.6.0\"}}")
            .answer("GET /ari/channels", 200, "[]");
    private final BlockingQueue<FlowEvent> events = new LinkedBlockingQueue<>();

    @TempDir
    private Path prompts = Path.of("set by JUnit");

    @AfterEach
    void stop() throws IOException {
        asterisk.close();
    }

    @Test
    @DisplayName("with a home region, numbers in its national form become E.164; what is no number stays")
    void known() throws Exception {
        InboundCall call = arrives(builder().homeRegion("CH"), "0446681800", "0041446681801");
        assertThat(call.from()).isEqualTo(new Party("+41446681800", "Zoe"));
        assertThat(call.to()).isEqualTo(Party.of("+41446681801"));
        InboundCall internal = arrives(builder().homeRegion("CH"), "alice", "1001");
        assertThat(internal.from().address()).isEqualTo("alice");
        assertThat(internal.to().address()).isEqualTo("1001");
        assertThat(arrives(builder().homeRegion("CH"), "anonymous", "1001").from())
                .isEqualTo(Party.anonymous());
    }

    @Test
    @DisplayName("without one, numbers stay as they come")
    void unknown() throws Exception {
        InboundCall call = arrives(builder(), "0446681800", "+41446681801");
        assertThat(call.from().address()).isEqualTo("0446681800");
        assertThat(call.from().number()).isEmpty();
        assertThat(call.to().address()).isEqualTo("+41446681801");
    }

    @Test
    @DisplayName("a region that does not exist is refused by name")
    void refused() {
        AsteriskBuilder builder = builder();
        assertThatThrownBy(() -> builder.homeRegion("Suisse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Suisse'");
    }

    private AsteriskBuilder builder() {
        return AsteriskBuilder.of(asterisk.uri(), "careflow", Secret.of("test"))
                .promptFolder(prompts)
                .handler(event -> {
                    events.add(event);
                    return CallFlow.start().reject(Reject.Reason.BUSY);
                });
    }

    private InboundCall arrives(AsteriskBuilder builder, String from, String to) throws Exception {
        try (AsteriskProvider provider = builder.start()) {
            Socket socket = asterisk.nextEvents();
            FakeAri.send(
                    socket,
                    "{\"type\":\"StasisStart\",\"timestamp\":\"2026-01-01T00:00:00.000+0000\",\"args\":[\"inbound\"],"
                            + "\"channel\":{\"id\":\"c1\",\"state\":\"Ring\",\"caller\":{\"number\":\"" + from
                            + "\",\"name\":\"Zoe\"},\"dialplan\":{\"exten\":\"" + to + "\"}}}");
            FlowEvent event = events.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("an event at %s", provider.id()).isInstanceOf(InboundCall.class);
            return (InboundCall) event;
        }
    }
}
