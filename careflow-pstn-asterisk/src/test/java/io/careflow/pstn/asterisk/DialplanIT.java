package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipPhone;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The dialplan rings whom it was told to, and nobody else")
class DialplanIT extends RealCalls {
    private static final String EXPENSIVE = "+19005550100";
    private static final String CLINIC = "+15551234567";
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    @AfterEach
    void forgetContacts() throws Exception {
        register("*", 0);
    }

    @ParameterizedTest
    @DisplayName("a contact that holds more than one address makes its user absent, and nobody is called")
    @ValueSource(
            strings = {
                "sip:1001&PJSIP/carrier/sip:+19005550100@CARRIER",
                "sip:1001)&PJSIP/carrier/sip:+19005550100@CARRIER",
                "sip:1001(&PJSIP/carrier/sip:+19005550100@CARRIER",
                "sip:1001,30,gG(s)@CARRIER",
                "sip:1001(@CARRIER",
            })
    void smuggled(String contact) throws Exception {
        Carrier carrier = scene.keep(
                Carrier.start(rig.server, PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT)));
        register(contact.replace("CARRIER", rig.server.carrierAddress() + ":" + rig.server.carrierPort()), 60);
        assertThat(rig.server.cli("pjsip show contacts")).contains("1001/sip:1001");
        rig.start();
        dial(caller(Rig.PERSONAL));

        Cdr cdr = rig.cdr();
        assertThat(carrier.calls()).isEmpty();
        assertThat(cdr.disposition()).isNotEqualTo(Disposition.ANSWERED);
        assertThat(cdr.cause().q850()).isEqualTo(20);
    }

    @Test
    @DisplayName("of two users, only the one with a harmless contact rings")
    void smuggledBesideAnother() throws Exception {
        Carrier carrier = scene.keep(
                Carrier.start(rig.server, PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT)));
        register(
                "sip:1001&PJSIP/carrier/sip:" + EXPENSIVE + "@" + rig.server.carrierAddress() + ":"
                        + rig.server.carrierPort(),
                60);
        SipPhone phone = phone("1002", PhoneScript.answer(Duration.ofSeconds(1)).hangUpAfter(A_MOMENT));
        rig.user("1", "0001", List.of("sip:1001", "sip:1002"), false);
        rig.start();
        dial(caller(Rig.PERSONAL));

        Cdr cdr = rig.cdr();
        assertThat(carrier.calls()).isEmpty();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(phone.calls()).hasSize(1);
    }

    @Test
    @DisplayName("parameters of all kinds in a contact are no obstacle")
    void parameters() throws Exception {
        Carrier carrier = scene.keep(
                Carrier.start(rig.server, PhoneScript.answer(A_MOMENT).hangUpAfter(A_MOMENT)));
        register(
                "sip:1001-x_y~z%20!@" + rig.server.carrierAddress() + ":" + rig.server.carrierPort()
                        + ";ob;rinstance=1a2b3c.*+;x-host=[2001:db8::1]",
                60);
        rig.start();
        dial(caller(Rig.PERSONAL));

        assertThat(rig.cdr().disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(carrier.calls()).hasSize(1);
    }

    @Test
    @DisplayName("a number that is shown for one dial is not shown for the next")
    void ownNumberAgain() {
        SipPhone first = phone("1001", PhoneScript.busy(A_MOMENT));
        SipPhone second = phone("1002", PhoneScript.busy(A_MOMENT));
        SipPhone third = phone("1003", PhoneScript.busy(A_MOMENT));
        rig.start(
                event -> {
                    if (event instanceof InboundCall) {
                        return dial("1001", "one", true);
                    }
                    return phoneFor(second, third);
                },
                event -> {});
        dial(caller(Rig.PERSONAL));

        rig.cdr();
        assertThat(first.calls().get(0).fromNumber()).isEqualTo(CLINIC);
        assertThat(second.calls().get(0).fromNumber()).isEqualTo(CALLER);
        assertThat(third.calls().get(0).fromNumber()).isEqualTo(CLINIC);
    }

    private static CallFlow phoneFor(SipPhone second, SipPhone third) {
        if (second.calls().isEmpty()) {
            return dial("1002", "two", false);
        }
        return third.calls().isEmpty()
                ? dial("1003", "three", true)
                : CallFlow.start().hangUp();
    }

    private static CallFlow dial(String user, String then, boolean showing) {
        Dial dial = Dial.to(List.of(Destination.sip("sip:" + user)), Continuation.named(then));
        return CallFlow.start().dial(showing ? dial.showing(new PhoneNumber(CLINIC)) : dial);
    }

    /** Registers as 1001, with any contact at all. */
    private void register(String contact, int seconds) throws IOException, GeneralSecurityException {
        String host = rig.server.address();
        String uri = "sip:" + host + ":" + rig.server.sipPort();
        String callId = UUID.randomUUID().toString();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.setSoTimeout(3_000);
            String authorization = "";
            for (int i = 1; i <= 2; i++) {
                byte[] request = String.join(
                                "\r\n",
                                "REGISTER " + uri + " SIP/2.0",
                                "Via: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort() + ";branch=z9hG4bK" + callId + i,
                                "Max-Forwards: 70",
                                "From: <sip:1001@" + host + ">;tag=1",
                                "To: <sip:1001@" + host + ">",
                                "Call-ID: " + callId,
                                "CSeq: " + i + " REGISTER",
                                "Contact: " + (contact.equals("*") ? contact : "<" + contact + ">"),
                                "Expires: " + seconds,
                                authorization + "Content-Length: 0",
                                "",
                                "")
                        .getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(
                        request, request.length, InetAddress.getAllByName(host)[0], rig.server.sipPort()));
                DatagramPacket packet = new DatagramPacket(new byte[4_000], 4_000);
                socket.receive(packet);
                String answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (i == 2) {
                    assertThat(answer).startsWith("SIP/2.0 200");
                }
                authorization = authorization(answer, uri);
            }
        }
    }

    private static String authorization(String answer, String uri) throws GeneralSecurityException {
        String realm = field(answer, "realm");
        String nonce = field(answer, "nonce");
        String response =
                md5(md5("1001:" + realm + ":pw1001") + ":" + nonce + ":00000001:ab:auth:" + md5("REGISTER:" + uri));
        return "Authorization: Digest username=\"1001\",realm=\"" + realm + "\",nonce=\"" + nonce + "\",uri=\"" + uri
                + "\",response=\"" + response + "\",algorithm=MD5,qop=auth,nc=00000001,cnonce=\"ab\",opaque=\""
                + field(answer, "opaque") + "\"\r\n";
    }

    private static String field(String answer, String name) {
        Matcher matcher = Pattern.compile(name + "=\"?([^\",\\r]+)").matcher(answer);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
