package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.w3c.dom.Element;

/** A Gather: prompts that the first digit interrupts, then one time for every digit. */
final class SimGather implements SimVerb {
    private final SimCall call;
    private final Element verb;
    private final Queue<Element> prompts;
    private String digits = "";
    private VirtualTime.Timer timer = () -> {};

    SimGather(SimCall call, Element verb) {
        this.call = call;
        this.verb = verb;
        this.prompts = new ArrayDeque<>(SimCall.children(verb));
    }

    void begin() {
        call.answer();
        Element prompt = prompts.poll();
        if (prompt == null) {
            waitForKey();
        } else {
            timer = call.time().after(call.hears(prompt), this::begin);
        }
    }

    @Override
    public void stop() {
        timer.cancel();
    }

    @Override
    public void key(char key) {
        timer.cancel();
        prompts.clear();
        if (verb.getAttribute("finishOnKey").indexOf(key) >= 0) {
            over(String.valueOf(key));
            return;
        }
        digits += key;
        if (digits.length() >= SimCall.number(verb, "numDigits")) {
            over("");
        } else {
            waitForKey();
        }
    }

    private void waitForKey() {
        timer = call.time().after(Duration.ofSeconds(SimCall.number(verb, "timeout")), () -> over(""));
    }

    private void over(String finishedOn) {
        if (digits.isEmpty() && !verb.getAttribute("actionOnEmptyResult").equals("true")) {
            call.goOn();
        } else {
            call.go(
                    verb.getAttribute("action"),
                    Map.of("Digits", digits, "FinishedOnKey", finishedOn, "msg", "Gather End"));
        }
    }
}
