package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on the telephone network who calls one of our numbers, or a user who calls out. Describe the call, then
 * {@link #call()} it to its end or {@link #dial()} it and go on. A description may be dialed any number of times.
 *
 * <p>Confined to one thread; the calls are not.
 */
public final class SipCaller {

    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final SipServer server;
    private final List<Digits> digits = new ArrayList<>();
    private String from = "+15550001111";
    private @Nullable String name;
    private boolean anonymous;
    private String to = "+15551234567";
    private @Nullable String user;
    private final List<String> headers = new ArrayList<>();
    private @Nullable RtpProbe probe;
    private @Nullable Duration talk;
    private @Nullable Duration cancelAfter;
    private Duration betweenDigits = Duration.ofMillis(150);
    private Duration limit = Duration.ofSeconds(30);

    private record Digits(Duration delay, String keys) {}

    private SipCaller(SipServer server) {
        this.server = server;
    }

    /** Begins a call from the carrier's address to the server. */
    public static SipCaller on(SipServer server) {
        return new SipCaller(server);
    }

    /** The number that calls. */
    public SipCaller from(String number) {
        from = number;
        return this;
    }

    /** The name shown with the number. */
    public SipCaller displayName(String value) {
        name = value;
        return this;
    }

    /** Hides number and name from the callee, as RFC 3323 says; the carrier still asserts the number to us. */
    public SipCaller anonymous() {
        anonymous = true;
        return this;
    }

    /** One more header of the INVITE: name, colon, value. */
    public SipCaller header(String line) {
        headers.add(line);
        return this;
    }

    /** The number that is called. */
    public SipCaller to(String number) {
        to = number;
        return this;
    }

    /** Calls as one of the server's users with digest authentication and from a phone's address. */
    public SipCaller asUser(String value) {
        user = value;
        return this;
    }

    /** Presses keys (SIP INFO) this long after the answer, or after the keys before; may be said several times. */
    public SipCaller press(Duration delay, String keys) {
        digits.add(new Digits(delay, keys));
        return this;
    }

    /** The pause between two keys, 150 ms unless said otherwise. */
    public SipCaller betweenDigits(Duration value) {
        betweenDigits = value;
        return this;
    }

    /** Hangs up this long after the answer and the last key; without this the caller waits for the other side. */
    public SipCaller hangUpAfter(Duration value) {
        talk = value;
        return this;
    }

    /** Gives up with CANCEL when nobody answered for so long. */
    public SipCaller cancelAfter(Duration value) {
        cancelAfter = value;
        return this;
    }

    /** How long the whole call may take, 30 s unless said otherwise; after that it is hung up and counts as failed. */
    public SipCaller limit(Duration value) {
        limit = value;
        return this;
    }

    /** The ear and mouth of the caller. */
    public SipCaller media(RtpProbe value) {
        probe = value;
        return this;
    }

    /** Makes the call and returns when it is over. */
    public CallResult call() {
        try (LiveCall call = dial()) {
            return call.result();
        }
    }

    /** Starts the call and returns at once. */
    public LiveCall dial() {
        String address = user == null ? server.carrierAddress() : server.newPhoneAddress();
        RtpProbe ear = probe;
        Sipp sipp = Sipp.start(
                address,
                server.newPort(address),
                scenario(Scenario.refusals(30)),
                List.of(
                        server.address() + ":" + server.sipPort(),
                        "-m",
                        "1",
                        "-timeout",
                        limit.plus(MARGIN).toSeconds() + "s",
                        "-timeout_error"),
                message -> {
                    if (ear != null && !message.sent()) {
                        message.media().ifPresent(ear::sendTo);
                    }
                });
        return new LiveCall(sipp, cancelAfter == null ? limit : cancelAfter, limit);
    }

    String scenario(String refusals) {
        String identity = user == null ? from : user;
        String sender = anonymous
                ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
                : (name == null ? "" : "\"" + name + "\" ") + "<sip:" + identity + "@"
                        + (user == null ? "[local_ip]:[local_port]" : server.userHost()) + ">";
        String asserted = "P-Asserted-Identity: " + (name == null ? "" : "\"" + name + "\" ") + "<sip:" + identity
                + "@[local_ip]>\n";
        Map<String, String> values = new LinkedHashMap<>();
        String more = headers.stream().map(line -> line + "\n").collect(Collectors.joining());
        values.put("HEADERS", (user != null ? "" : anonymous ? asserted + "Privacy: id\n" : asserted) + more);
        values.put("FROM", sender);
        values.put("TO", to);
        values.put("PLACE", server.target());
        values.put("USER", identity);
        values.put("SDP", Sdp.of(probe));
        String cseq = user == null ? "1" : "2";
        String inviteBranch = "z9hG4bKinv@CSEQ@-[pid]-[call_number]";
        String target = "sip:@TO@@@PLACE@";
        Map<String, String> blocks = new LinkedHashMap<>();
        blocks.put("CALL", invites());
        blocks.put("PROVISIONALS", Scenario.provisionals());
        blocks.put("REFUSALS", refusals);
        blocks.put("ACK_REFUSAL", ack(target, inviteBranch, ""));
        blocks.put("ACK_ANSWER", ack("[next_url]", "[branch]", "[routes]\n"));
        blocks.put("TALK", talking());
        values.put("CSEQ", cseq);
        return Templates.fill(Templates.fill(Templates.read("sip/caller.xml"), blocks), values);
    }

    SipServer server() {
        return server;
    }

    Duration longest() {
        return limit;
    }

    private String invites() {
        String invite = Templates.read("sip/invite.xml");
        String last = Templates.fill(invite, Map.of("AUTH", user == null ? "" : "[authentication]\n"));
        if (user == null) {
            return last;
        }
        String first = Templates.fill(invite, Map.of("AUTH", "", "CSEQ", "1"))
                + "  <recv response=\"100\" optional=\"true\"/>\n  <recv response=\"" + server.challenge()
                + "\" auth=\"true\"/>\n"
                + Templates.fill(ack("sip:@TO@@@PLACE@", "z9hG4bKinv1-[pid]-[call_number]", ""), Map.of("CSEQ", "1"));
        return first
                + last.replace(
                        "[authentication]",
                        "[authentication username=" + user + " password=" + server.passwordOf(user) + "]");
    }

    private static String ack(String target, String branch, String routes) {
        return Templates.read("sip/ack.xml")
                .replace("@TARGET@", target)
                .replace("@BRANCH@", branch)
                .replace("@ROUTES@", routes);
    }

    private String talking() {
        StringBuilder steps = new StringBuilder();
        int label = 100;
        int cseq = 10;
        for (Digits group : digits) {
            Duration pause = group.delay();
            for (char key : group.keys().toCharArray()) {
                steps.append(Scenario.waiting(pause, label++));
                steps.append(Templates.fill(
                        Templates.read("sip/info.xml"),
                        Map.of("INFO_CSEQ", Integer.toString(cseq++), "DIGIT", String.valueOf(key))));
                pause = betweenDigits;
            }
        }
        steps.append(Scenario.waiting(talk == null ? limit.plus(MARGIN) : talk, label));
        return steps.toString();
    }
}
