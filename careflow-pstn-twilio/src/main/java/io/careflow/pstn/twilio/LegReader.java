package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.PstnEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what becomes of somebody whom a flow dials. Thread-safe. */
final class LegReader {
    /** Twilio's clock and the way to it may make a full ring look this much shorter. */
    private static final long SLACK_SECONDS = 2;

    private static final int CANCELLED = 487;

    private final ProviderId provider;

    LegReader(ProviderId provider) {
        this.provider = provider;
    }

    Reading read(SignedRequest signed, CallMemo memo, Instant now) {
        Form form = signed.fields();
        CallRef call = new CallRef(provider, form.text("ParentCallSid"));
        String leg = form.text("CallSid");
        LegMemo dialled = LegMemo.read(memo.details());
        Instant at = Moments.at(form, now);
        String status = form.text("CallStatus");
        if (leg.isEmpty()) {
            return WebhookReader.unrecognized(signed, now);
        } else if (Causes.isOver(status)) {
            List<PstnEvent> events = missed(form, dialled, call, leg, now);
            events.add(new LegEnded(leg + ":ended", at, call, leg, cause(form, dialled, status, at)));
            return new Reading(events, new Reading.Next.Taken());
        }
        return switch (status) {
            case "queued", "initiated" ->
                Reading.of(
                        new Reading.Next.Taken(),
                        new LegDialled(leg + ":dialled", at, call, leg, dialled.destination()));
            case "ringing" -> Reading.of(new Reading.Next.Taken(), new LegRinging(leg + ":ringing", at, call, leg));
            case "in-progress", "answered" -> answered(memo, call, leg, at);
            default -> WebhookReader.unrecognized(signed, now);
        };
    }

    /**
     * What was told before, for a process that did not hear it. Never earlier than it was told then: where both are known the
     * earlier counts, which is the right one.
     */
    private static List<PstnEvent> missed(Form form, LegMemo dialled, CallRef call, String leg, Instant now) {
        List<PstnEvent> events = new ArrayList<>();
        Instant at = Moments.at(form, now);
        long seconds = Moments.seconds(form, "CallDuration");
        Instant answered = Moments.endOfSecond(form, now).minusSeconds(seconds);
        Instant known = seconds == 0 || answered.isAfter(at) ? at : answered;
        events.add(new LegDialled(leg + ":dialled", known, call, leg, dialled.destination()));
        if (seconds > 0) {
            events.add(new LegAnswered(leg + ":answered", known, call, leg));
        }
        return events;
    }

    /** Whoever was not answered yet is now, together with the leg. */
    private static Reading answered(CallMemo memo, CallRef call, String leg, Instant at) {
        List<PstnEvent> events = new ArrayList<>();
        if (memo.answer().state() != AnswerMark.State.TOLD) {
            Instant answered = memo.answer().at() == null ? at : memo.answer().at();
            events.add(new CallAnswered(call.id() + ":answered", answered, call));
        }
        events.add(new LegAnswered(leg + ":answered", at, call, leg));
        return new Reading(events, new Reading.Next.Taken());
    }

    /** Ringing that was cancelled before its time was given up: the caller left, or another phone answered. */
    private static HangupCause cause(Form form, LegMemo dialled, String status, Instant at) {
        HangupCause cause = Causes.of(status, form.text("SipResponseCode"), form.text("ErrorCode"));
        boolean cancelled = cause.q850() == HangupCause.NO_ANSWER.q850()
                && (cause.sipStatus() == null || cause.sipStatus() == CANCELLED)
                && at.getEpochSecond() - dialled.dialledAt() < dialled.ringSeconds() - SLACK_SECONDS;
        return cancelled
                ? new HangupCause(HangupCause.NORMAL_CLEARING.q850(), cause.sipStatus(), "Given up (" + status + ")")
                : cause;
    }
}
