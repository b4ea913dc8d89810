package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.lab.CallResult.EndedBy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SipTraceTest {

    private static final String INVITE = """
            INVITE sip:1001@127.0.0.1 SIP/2.0\r
            From: "Zoë" <sip:+15550001111@127.0.0.1>;tag=1\r
            To: <sip:1001@127.0.0.1>\r
            P-Asserted-Identity: "Zoë" <sip:+15550009999@127.0.0.1>\r
            Call-ID: a\r
            CSeq: 7 INVITE\r
            \r
            c=IN IP4 127.1.2.3\r
            m=audio 4000 RTP/AVP 0\r
            """;

    private static final String BUSY = """
            SIP/2.0 486 Busy Here\r
            Call-ID: a\r
            CSeq: 7 INVITE\r
            Reason: Q.850;cause=17\r
            \r
            """;

    @Test
    void messagesAreTakenInWhileTheyAreBeingWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("messages");
        List<SipMessage> heard = new ArrayList<>();
        SipTrace trace = new SipTrace(file, heard::add);
        trace.poll();
        byte[] first = record("10:00:00.000000", "received [%d] bytes ", INVITE);
        Files.write(file, Arrays.copyOf(first, 200));
        trace.poll();
        assertThat(heard).isEmpty();

        Files.write(file, first);
        trace.poll();
        Files.write(
                file,
                record("10:00:01.500000", "received [%d] bytes ", "X-ANSWER sip:lab SIP/2.0\r\n\r\n"),
                StandardOpenOption.APPEND);
        Files.write(file, record("10:00:02.000000", "sent (%d bytes)", BUSY), StandardOpenOption.APPEND);
        trace.poll();

        assertThat(heard).hasSize(2).isEqualTo(trace.messages());
        assertThat(heard.get(0).text()).isEqualTo(INVITE);
        assertThat(heard.get(0).media()).contains(new InetSocketAddress("127.1.2.3", 4_000));
        CallResult result = CallResult.of(heard, "");
        assertThat(result.status()).isEqualTo(486);
        assertThat(result.duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(result.endedBy()).isEqualTo(EndedBy.THIS_PARTY);
        assertThat(result.reason()).isEqualTo("Q.850;cause=17");
        assertThat(result.answeredAfter()).isNull();
    }

    @Test
    void aPhoneShowsNumberAndName() {
        SipMessage invite = new SipMessage(Instant.EPOCH, false, INVITE);
        ReceivedCall call = new ReceivedCall(invite, CallResult.of(List.of(invite), ""));

        assertThat(call.fromName()).isEqualTo("Zoë");
        assertThat(call.fromNumber()).isEqualTo("+15550001111");
        assertThat(call.assertedNumber()).contains("+15550009999");
        assertThat(call.calledNumber()).isEqualTo("1001");
        assertThat(call.result().status()).isZero();
    }

    @Test
    void objectsOfAJsonArrayAreCounted() {
        assertThat(Ari.elements("[]")).isZero();
        assertThat(Ari.elements("[{\"a\":\"}]{\\\"\",\"b\":{}},{\"c\":[{}]}]")).isEqualTo(2);
    }

    private static byte[] record(String time, String kind, String message) {
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        String heading = "----------------------------------------------- 2026-01-01 " + time + "\nUDP message "
                + kind.formatted(body.length) + ":\n\n";
        return (heading + message + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
