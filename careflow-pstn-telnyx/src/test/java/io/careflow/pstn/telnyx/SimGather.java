package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;

/** Keys being gathered. */
final class SimGather {
    private final SimLeg leg;
    private final JsonNode order;
    private final boolean prompts;
    private final Runnable over;
    private String digits = "";
    private boolean ended;
    private VirtualTime.Timer whole = () -> {};
    private VirtualTime.Timer next = () -> {};

    SimGather(SimLeg leg, JsonNode order, boolean prompts, Runnable over) {
        this.leg = leg;
        this.order = order;
        this.prompts = prompts;
        this.over = over;
        if (most() < 1 || most() > 128 || order.path("minimum_digits").asInt(1) < 1) {
            throw SimTelnyx.Refused.call("10033");
        }
        if (!order.path("maximum_tries").asText("1").equals("1")) {
            throw new AssertionError("more than one try is not simulated");
        }
    }

    /** Whether it speaks before it listens. */
    boolean prompts() {
        return prompts;
    }

    /** Nothing is heard any more: the time for the first key runs. One that speaks knows no time for all keys. */
    void listen() {
        if (!prompts) {
            whole = leg.after(millis("timeout_millis", 60_000), () -> end("timeout"));
            next = leg.after(millis("initial_timeout_millis", 5_000), () -> end("timeout"));
        } else {
            next = leg.after(millis("timeout_millis", 60_000), () -> end("timeout"));
        }
    }

    void key(char key) {
        if (ended) {
            return;
        }
        next.cancel();
        if (order.path("terminating_digit").asText("#").indexOf(key) >= 0) {
            end(digits.length() < order.path("minimum_digits").asInt(1) ? "invalid" : "valid");
            return;
        }
        if (order.path("valid_digits").asText("0123456789#*").indexOf(key) >= 0) {
            digits += key;
        }
        if (digits.length() >= most()) {
            end("valid");
        } else {
            next = leg.after(millis("inter_digit_timeout_millis", 5_000), () -> end("timeout"));
        }
    }

    void end(String status) {
        if (ended) {
            return;
        }
        ended = true;
        whole.cancel();
        next.cancel();
        over.run();
        leg.tell("call.gather.ended", leg.common().put("digits", digits).put("status", status));
    }

    private int most() {
        return order.path("maximum_digits").asInt(128);
    }

    private Duration millis(String field, long otherwise) {
        return Duration.ofMillis(order.path(field).asLong(otherwise));
    }
}
