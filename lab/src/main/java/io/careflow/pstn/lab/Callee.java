package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A SIP party that is called, over and over, and does what its script says. */
final class Callee implements AutoCloseable {

    private final String user;
    private final String address;
    private final int port;
    private final boolean traced;
    private final @Nullable RtpProbe probe;
    private final List<SipMessage> earlier = new ArrayList<>();
    private Sipp sipp;

    Callee(String user, String address, int port, PhoneScript script, @Nullable RtpProbe probe, boolean traced) {
        this.traced = traced;
        this.user = user;
        this.address = address;
        this.port = port;
        this.probe = probe;
        this.sipp = start(script);
    }

    int port() {
        return port;
    }

    private Sipp start(PhoneScript script) {
        if (!traced) {
            return Sipp.startUntraced(address, port, scenario(script), List.of(), message -> {});
        }
        RtpProbe ear = probe;
        return Sipp.start(address, port, scenario(script), List.of(), message -> {
            if (ear != null && !message.sent() && message.isRequest("INVITE")) {
                message.media().ifPresent(ear::sendTo);
            }
        });
    }

    /** Calls that are up are lost without a word, as when a phone reboots. */
    synchronized void behave(PhoneScript script) {
        earlier.addAll(sipp.messages());
        sipp.close();
        sipp = start(script);
    }

    synchronized List<ReceivedCall> calls() {
        Map<String, List<SipMessage>> calls = new LinkedHashMap<>();
        List<SipMessage> all = new ArrayList<>(earlier);
        all.addAll(sipp.messages());
        for (SipMessage message : all) {
            if (message.isRequest("INVITE") && !message.sent()) {
                calls.computeIfAbsent(message.callId(), id -> new ArrayList<>());
            }
            List<SipMessage> call = calls.get(message.callId());
            if (call != null) {
                call.add(message);
            }
        }
        return calls.values().stream()
                .map(messages -> new ReceivedCall(messages.get(0), CallResult.of(messages, "")))
                .toList();
    }

    ReceivedCall awaitCall(int number, Duration limit) {
        if (!Await.until(limit, () -> calls().size() >= number)) {
            throw new LabException(user + " got " + calls().size() + " calls in " + limit + ", not " + number);
        }
        return calls().get(number - 1);
    }

    ReceivedCall awaitEnd(int number, Duration limit) {
        if (!Await.until(
                limit,
                () -> calls().size() >= number
                        && calls().get(number - 1).result().over())) {
            throw new LabException(user + ": call " + number + " did not end in " + limit);
        }
        return calls().get(number - 1);
    }

    /** Steers the newest call. */
    synchronized void tell(String request) {
        List<ReceivedCall> calls = calls();
        if (calls.isEmpty()) {
            throw new LabException(user + " was not called");
        }
        sipp.tell(Steering.callee(calls.get(calls.size() - 1).invite(), request));
    }

    private String scenario(PhoneScript script) {
        String sdp = Sdp.of(probe);
        String early = "Content-Type: application/sdp\nContent-Length: [len]\n\n" + sdp;
        Map<String, String> blocks = new LinkedHashMap<>();
        blocks.put("RING", script.ringing() || script.earlyMedia() ? Templates.read("sip/provisional.xml") : "");
        blocks.put("ANSWER", Templates.read("sip/answer.xml"));
        blocks.put("REFUSE", Templates.read("sip/refuse.xml").replace("@STATUS@", script.statusLine()));
        Duration after = script.after();
        Duration talk = script.talk();
        blocks.put("RING_LIMIT", after == null ? "" : Scenario.timeout(after, script.status() == 200 ? 20 : 30));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("STATUS", script.earlyMedia() ? "183 Session Progress" : "180 Ringing");
        values.put("CONTENT", script.earlyMedia() ? early : "Content-Length: 0\n");
        values.put("SDP", sdp);
        values.put("USER", user);
        values.put("TALK_LIMIT", talk == null ? "" : Scenario.timeout(talk, 70));
        return Templates.fill(Templates.fill(Templates.read("sip/callee.xml"), blocks), values);
    }

    @Override
    public synchronized void close() {
        sipp.close();
    }
}
