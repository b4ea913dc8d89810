package io.careflow.pstn.twilio;

import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.tck.CallerAtWork;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.VirtualTime;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** One call at the simulated Twilio: runs documents verb by verb. */
final class SimCall implements CallerAtWork.Line {
    private final SimTwilio twilio;
    private final String sid;
    private final String from;
    private final String to;
    private final @Nullable CallerAtWork line;
    private final @Nullable SimPlacing placing;
    private final Instant began;
    private final List<Prompt> heard = new ArrayList<>();
    private Deque<Element> verbs = new ArrayDeque<>();
    private @Nullable SimVerb doing;
    private @Nullable Instant answered;
    private Instant speakingUntil;
    private boolean over;
    private String status = "ringing";

    /** Somebody calls one of our numbers. */
    SimCall(SimTwilio twilio, String sid, SimulatedCaller caller) {
        this.twilio = twilio;
        this.sid = sid;
        this.from = caller.from();
        this.to = caller.to();
        this.began = twilio.time().now();
        this.speakingUntil = began;
        this.line = new CallerAtWork(twilio.time(), this, caller);
        this.placing = null;
    }

    /** We call somebody: the form of the request that placed it. */
    SimCall(SimTwilio twilio, String sid, Map<String, String> form) {
        this.twilio = twilio;
        this.sid = sid;
        this.from = form.getOrDefault("From", "");
        this.to = form.getOrDefault("To", "");
        this.began = twilio.time().now();
        this.speakingUntil = began;
        this.line = null;
        this.placing = new SimPlacing(this, form);
        this.status = "queued";
    }

    String sid() {
        return sid;
    }

    SimTwilio twilio() {
        return twilio;
    }

    VirtualTime time() {
        return twilio.time();
    }

    List<Prompt> heard() {
        return List.copyOf(heard);
    }

    boolean isOver() {
        return over;
    }

    @Override
    public boolean isTalking() {
        return doing != null && doing.isTalking();
    }

    Instant speakingUntil() {
        return speakingUntil;
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    /** Twilio's word for what the call is doing. */
    String status() {
        return status;
    }

    Instant began() {
        return began;
    }

    void arrive() {
        if (line != null) {
            line.begin();
            go(SimTwilio.BASE + "/voice", Map.of());
        } else if (placing != null) {
            placing.begin();
        }
    }

    void answer() {
        if (answered == null) {
            answered = time().now();
            status = "in-progress";
        }
    }

    void talkBegins() {
        if (line != null) {
            line.talking();
        }
    }

    /** The called phone does something: the callbacks that the request asked for are told. */
    void becomes(String value, Map<String, String> more) {
        if (placing != null && !over) {
            status = value;
            placing.tell(value, more);
        }
    }

    @Override
    public void key(char key) {
        if (answered != null && doing != null) {
            doing.key(key);
        }
    }

    @Override
    public void speaking(Instant until) {
        speakingUntil = until;
        if (doing != null) {
            doing.speaking();
        }
    }

    @Override
    public void personHangsUp() {
        end(answered == null ? "no-answer" : "completed", null);
    }

    /** The verb is over and hands control to its action. */
    void go(String url, Map<String, String> more) {
        doing = null;
        if (over) {
            return;
        }
        run(twilio.fetch(url, fields(more)));
    }

    /** The verb is over; the next one of the document follows. */
    void goOn() {
        doing = null;
        next();
    }

    /** What every webhook of this call says. */
    Map<String, String> fields(Map<String, String> more) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "CallSid",
                sid,
                "AccountSid",
                "AC00000000000000000000000000000001",
                "From",
                from.isEmpty() ? "+266696687" : from,
                "To",
                to,
                "Caller",
                from,
                "Called",
                to,
                "ApiVersion",
                "2010-04-01",
                "Direction",
                placing == null ? "inbound" : "outbound-api",
                "CallStatus",
                answered == null ? "ringing" : "in-progress"));
        fields.putAll(more);
        return fields;
    }

    Duration hears(Element prompt) {
        answer();
        if (prompt.getTagName().equals("Say")) {
            Locale language = Locale.forLanguageTag(prompt.getAttribute("language"));
            heard.add(new Say(prompt.getTextContent(), Locale.forLanguageTag(language.getLanguage())));
        }
        return SimTwilio.PROMPT;
    }

    void run(String document) {
        verbs = new ArrayDeque<>(children(parse(document)));
        next();
    }

    private void next() {
        if (over) {
            return;
        }
        Element verb = verbs.poll();
        if (verb == null) {
            end("completed", null);
            return;
        }
        switch (verb.getTagName()) {
            case "Say", "Play" -> waits(hears(verb));
            case "Pause" -> waits(Duration.ofSeconds(number(verb, "length")));
            case "Redirect" -> go(verb.getTextContent(), Map.of());
            case "Hangup" -> {
                answer();
                end("completed", null);
            }
            case "Reject" -> end(verb.getAttribute("reason").equals("busy") ? "busy" : "no-answer", null);
            case "Gather" -> begin(new SimGather(this, verb)).begin();
            case "Dial" -> dial(verb);
            case "Record" -> begin(new SimRecord(this, verb)).begin();
            default -> throw new AssertionError("TwiML verb " + verb.getTagName());
        }
    }

    private void dial(Element verb) {
        if (children(verb).get(0).getTagName().equals("Conference")) {
            begin(new SimStay(this, verb)).begin();
        } else {
            begin(new SimDial(this, verb)).begin();
        }
    }

    /** Another document follows, whatever the call does. */
    void redirect(String document) {
        SimVerb left = doing;
        doing = null;
        if (left != null) {
            left.stop();
        }
        if (!over) {
            run(document);
        }
    }

    private <V extends SimVerb> V begin(V verb) {
        doing = verb;
        return verb;
    }

    private void waits(Duration length) {
        VirtualTime.Timer timer = time().after(length, this::goOn);
        doing = timer::cancel;
    }

    /** The call is over; the number's status callback is told. */
    void end(String status, @Nullable String sipResponse) {
        if (over) {
            return;
        }
        over = true;
        this.status = status;
        SimVerb verb = doing;
        doing = null;
        if (verb != null) {
            verb.stop();
        }
        if (line != null) {
            line.gone();
        }
        if (placing != null) {
            placing.gone();
        }
        Map<String, String> more = new TreeMap<>(Map.of(
                "CallStatus",
                status,
                "Timestamp",
                SimTwilio.timestamp(time().now()),
                "CallbackSource",
                "call-progress-events",
                "SequenceNumber",
                "0",
                "CallDuration",
                Long.toString(answered == null ? 0 : ceil(answered, time().now()))));
        if (sipResponse != null) {
            more.put("SipResponseCode", sipResponse);
        }
        if (placing != null) {
            placing.tell(status, more);
        } else {
            twilio.tell(SimTwilio.BASE + "/status", fields(more));
        }
    }

    static long ceil(Instant from, Instant to) {
        return (Duration.between(from, to).toMillis() + 999) / 1_000;
    }

    static long number(Element verb, String attribute) {
        return Long.parseLong(verb.getAttribute(attribute));
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static Element parse(String document) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(document)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("no XML: " + document, e);
        }
    }
}
