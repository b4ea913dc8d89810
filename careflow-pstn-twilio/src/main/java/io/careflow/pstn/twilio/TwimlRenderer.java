package io.careflow.pstn.twilio;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.Voicemail;
import java.util.List;

/**
 * Flows as TwiML. Thread-safe.
 *
 * <p>Steps that come before the end of a call are followed by a {@code <Redirect>} to us, which we answer with the end: so it is
 * known who ended the call, us or the caller meanwhile, and when. The guide has a table of how each step and ending behaves.
 */
final class TwimlRenderer {
    private static final int LONGEST_NAME = 128;

    private final FlowSettings settings;
    private final MemoSeal seal;
    private final FlowSupport support = TwilioFlows.support();
    private final StepTwiml steps;
    private final DialTwiml dials;

    TwimlRenderer(FlowSettings settings, MemoSeal seal) {
        this.settings = settings;
        this.seal = seal;
        this.steps = new StepTwiml(settings);
        this.dials = new DialTwiml(settings, seal);
    }

    /**
     * The flow as a document.
     *
     * @throws UnsupportedFeature naming what TwiML cannot do, and what it can
     */
    String render(CallFlow flow, CallContext call) {
        support.require(settings.provider(), flow);
        Twiml out = new Twiml();
        CallContext now = call;
        for (Step step : flow.steps()) {
            now = steps.write(out, step, now);
        }
        end(out, flow, now);
        return out.document();
    }

    /** Goes on with a gather whose input was thrown away by its restart key: no prompts again. */
    String gatherAgain(GatherMemo gather, CallContext call, Continuation then) {
        Twiml out = new Twiml();
        gather(out, gather, call, then);
        out.close("Gather");
        return out.document();
    }

    /** The end of a call, now. */
    static String finish(Ending ending, boolean answered) {
        Twiml out = new Twiml();
        finish(out, ending, answered);
        return out.document();
    }

    /** Nothing more: Twilio hangs up, or goes on with what it was doing. */
    static String nothing() {
        return new Twiml().document();
    }

    private void end(Twiml out, CallFlow flow, CallContext call) {
        Ending ending = flow.ending();
        if (ending instanceof Gather gather) {
            CallContext answered = call.answering(call.now());
            GatherMemo memo = GatherMemo.of(settings.provider(), gather, steps);
            gather(out, memo, answered, gather.then());
            if (!gather.hints().isEmpty()) {
                out.with("hints", String.join(",", gather.hints()));
            }
            gather.prompts().forEach(prompt -> steps.write(out, prompt, answered));
            out.close("Gather");
        } else if (ending instanceof Dial dial) {
            dials.write(out, dial, call);
        } else if (ending instanceof Voicemail voicemail) {
            record(out, voicemail, call.answering(call.now()));
        } else if (ending instanceof Conference conference) {
            dials.write(out, conference, named("conference room", conference.room()), call.answering(call.now()));
        } else if (ending instanceof Enqueue enqueue) {
            enqueue(out, enqueue, call.answering(call.now()));
        } else if (ending instanceof Redirect redirect) {
            redirect(out, next(CallMemo.of(CallMemo.Kind.NEXT, call, redirect.then(), List.of())));
        } else if (!flow.steps().isEmpty()) {
            redirect(out, next(CallMemo.of(CallMemo.Kind.END, call, EndMemo.write(ending))));
        } else if (ending instanceof HangUp || ending instanceof Reject) {
            finish(out, ending, call.answer().isAnswered());
        } else {
            throw TwilioFlows.refused(settings.provider(), "ending '" + ending.name() + "'", support.supported());
        }
    }

    /** Hanging up would answer a call that is not answered, at its caller's cost: only rejecting does not. */
    private static void finish(Twiml out, Ending ending, boolean answered) {
        if (answered) {
            out.open("Hangup").close("Hangup");
        } else {
            boolean busy = EndMemo.cause(ending, false).q850() == HangupCause.USER_BUSY.q850();
            out.open("Reject").with("reason", busy ? "busy" : "rejected").close("Reject");
        }
    }

    private void gather(Twiml out, GatherMemo gather, CallContext call, Continuation then) {
        out.open("Gather")
                .with("action", next(CallMemo.of(CallMemo.Kind.GATHER, call, then, gather.write())))
                .with("input", gather.input())
                .with("timeout", gather.seconds());
        if (gather.keys()) {
            out.with("numDigits", gather.asked()).with("finishOnKey", gather.finishKey());
        }
        if (gather.speech()) {
            out.with("language", gather.language()).with("speechTimeout", "auto");
        }
        out.with("actionOnEmptyResult", "true");
    }

    private void record(Twiml out, Voicemail voicemail, CallContext call) {
        String next = next(CallMemo.of(CallMemo.Kind.VOICEMAIL, call, voicemail.then(), List.of()));
        out.open("Record")
                .with("action", next)
                .with("maxLength", Math.max(2, StepTwiml.seconds(voicemail.longest())))
                .with("timeout", StepTwiml.seconds(voicemail.silence()))
                .with("finishOnKey", "#")
                .with("playBeep", "true")
                .with("trim", "do-not-trim")
                .with("recordingStatusCallback", settings.urls().recording())
                .with("recordingStatusCallbackEvent", "completed absent")
                .close("Record");
        // Of a message in which nothing was said Twilio does not ask for the action: it goes on here.
        redirect(out, next);
    }

    private void enqueue(Twiml out, Enqueue enqueue, CallContext call) {
        out.open("Enqueue")
                .with("action", next(CallMemo.of(CallMemo.Kind.QUEUE, call, enqueue.then(), List.of())))
                .text(named("queue", enqueue.queue()))
                .close("Enqueue");
    }

    private void redirect(Twiml out, String url) {
        out.open("Redirect").with("method", "POST").text(url).close("Redirect");
    }

    private String next(CallMemo memo) {
        return settings.urls().next(seal.seal(memo));
    }

    private String named(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || !Twiml.canSay(name)) {
            throw TwilioFlows.refused(
                    settings.provider(), what + " of this name", "1 to " + LONGEST_NAME + " printable characters");
        }
        return name;
    }
}
