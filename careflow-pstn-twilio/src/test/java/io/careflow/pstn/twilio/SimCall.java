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
    private final SimulatedCaller caller;
    private final CallerAtWork line;
    private final Instant began;
    private final List<Prompt> heard = new ArrayList<>();
    private Deque<Element> verbs = new ArrayDeque<>();
    private @Nullable SimVerb doing;
    private @Nullable Instant answered;
    private Instant speakingUntil;
    private boolean over;

    SimCall(SimTwilio twilio, String sid, SimulatedCaller caller) {
        this.twilio = twilio;
        this.sid = sid;
        this.caller = caller;
        this.began = twilio.time().now();
        this.speakingUntil = began;
        this.line = new CallerAtWork(twilio.time(), this, caller);
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

    void arrive() {
        line.begin();
        go(SimTwilio.BASE + "/voice", Map.of());
    }

    void answer() {
        if (answered == null) {
            answered = time().now();
        }
    }

    void talkBegins() {
        line.talking();
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
                caller.from().isEmpty() ? "+266696687" : caller.from(),
                "To",
                caller.to(),
                "Caller",
                caller.from(),
                "Called",
                caller.to(),
                "ApiVersion",
                "2010-04-01",
                "Direction",
                "inbound",
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

    private void run(String document) {
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
            case "Dial" -> begin(new SimDial(this, verb)).begin();
            case "Record" -> begin(new SimRecord(this, verb)).begin();
            default -> throw new AssertionError("TwiML verb " + verb.getTagName());
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
        SimVerb verb = doing;
        doing = null;
        if (verb != null) {
            verb.stop();
        }
        line.gone();
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
        twilio.tell(SimTwilio.BASE + "/status", fields(more));
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
