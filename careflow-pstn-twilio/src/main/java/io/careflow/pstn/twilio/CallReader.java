package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.RecordingFailed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.twilio.Reading.Next;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what happens to calls. Thread-safe. */
final class CallReader {
    private final ProviderId provider;
    private final OwnPhones phones;

    CallReader(ProviderId provider, OwnPhones phones) {
        this.provider = provider;
        this.phones = phones;
    }

    /** A call arrives at one of our numbers, or from a phone of ours. */
    Reading arrives(Form form, Instant now) {
        CallRef call = call(form);
        Optional<OwnPhones.Dialling> own = phones.dialling(form);
        InboundCall arrived = new InboundCall(
                call.id() + ":call",
                now,
                call,
                Callers.party(form.text("From"), form.get("CallerName")),
                Callers.party(own.map(OwnPhones.Dialling::dialled).orElseGet(() -> form.text("To")), null),
                Callers.origin(form, own.map(OwnPhones.Dialling::user).orElse(null)));
        CallContext context = CallContext.arriving(call.id(), now);
        if (!isAnswered(form)) {
            return Reading.of(new Next.Ask(arrived, context), arrived);
        }
        // Another script of the account had the call before.
        CallContext known = new CallContext(call.id(), context.number(), AnswerMark.TOLD, now);
        return Reading.of(new Next.Ask(arrived, known), arrived, answered(call, now));
    }

    /** Twilio comes back from what the last flow asked for. */
    Reading goesOn(Form form, CallMemo memo, Instant now) {
        CallRef call = call(form);
        List<PstnEvent> events = new ArrayList<>();
        boolean gone = Causes.isOver(form.text("CallStatus"));
        AnswerMark mark = memo.answer();
        boolean talked = memo.kind() == CallMemo.Kind.DIAL && isAnswered(form.text("DialCallStatus"));
        if (talked) {
            // Its leg tells when.
            mark = AnswerMark.TOLD;
        } else if (isAnswered(form) || (gone && mark.isAnswered())) {
            if (mark.state() != AnswerMark.State.TOLD) {
                events.add(answered(call, mark.at() == null ? now : mark.at()));
            }
            mark = AnswerMark.TOLD;
        } else if (form.has("CallStatus")) {
            mark = AnswerMark.NOT_ANSWERED;
        }
        CallContext next = new CallContext(call.id(), memo.number() + 1, mark, now);
        if (gone) {
            return new Reading(events, new Next.Nothing());
        } else if (memo.kind() == CallMemo.Kind.END) {
            return new Reading(events, new Next.End(EndMemo.read(memo.details()), next));
        }
        if (memo.kind() == CallMemo.Kind.GATHER) {
            GatherMemo rest = GatherMemo.read(memo.details()).rest(form);
            if (rest != null) {
                return new Reading(events, new Next.Again(rest, next, memo.then()));
            }
        }
        FlowEvent event = result(form, memo, call, now);
        events.add(event);
        return new Reading(events, new Next.Ask(event, next));
    }

    /** What becomes of a call. */
    Reading status(Form form, Instant now) {
        CallRef call = call(form);
        List<PstnEvent> events = new ArrayList<>();
        String status = form.text("CallStatus");
        if (form.has("AnsweredBy")) {
            events.add(machine(form, now));
        }
        if (isAnswered(status) && !Causes.isOver(status)) {
            events.add(answered(call, Moments.at(form, now)));
        } else if (Causes.isOver(status)) {
            Instant end = Moments.endOfSecond(form, now);
            long seconds = Moments.seconds(form, "CallDuration");
            if (seconds > 0) {
                events.add(answered(call, end.minusSeconds(seconds)));
            }
            HangupCause cause = cause(form, status);
            events.add(new CallEnded(call.id() + ":ended", end, call, cause, releasedBy(form, status, cause), true));
        }
        return new Reading(events, new Next.Taken());
    }

    /**
     * What becomes of a call that we placed, and of the phone that is called as its first leg. How it began is told each time: before
     * everything else but of a call that is over, of which a record may be made as soon as beginning and end are known.
     */
    Reading placed(Form form, PlacedMemo memo, Instant now) {
        Reading told = status(form, now);
        CallRef call = call(form);
        List<PstnEvent> events = new ArrayList<>();
        events.add(new LegDialled(
                call.id() + ":leg-dialled",
                memo.at(),
                call,
                call.id(),
                memo.to().address()));
        if (form.text("CallStatus").equals("ringing")) {
            events.add(new LegRinging(call.id() + ":leg-ringing", Moments.at(form, now), call, call.id()));
        }
        for (PstnEvent event : told.events()) {
            if (event instanceof CallAnswered answered) {
                events.add(new LegAnswered(call.id() + ":leg-answered", answered.occurredAt(), call, call.id()));
            } else if (event instanceof CallEnded ended) {
                events.add(new LegEnded(call.id() + ":leg-ended", ended.occurredAt(), call, call.id(), ended.cause()));
                events.add(memo.event(call));
            }
            events.add(event);
        }
        if (!Causes.isOver(form.text("CallStatus"))) {
            events.add(0, memo.event(call));
        }
        return new Reading(events, told.next());
    }

    /** Who answered, as far as Twilio can tell. */
    MachineDetected machine(Form form, Instant now) {
        CallRef call = call(form);
        String raw = form.text("AnsweredBy");
        MachineDetected.AnsweredBy who;
        if (raw.startsWith("machine")) {
            who = MachineDetected.AnsweredBy.MACHINE;
        } else {
            who = switch (raw) {
                case "human" -> MachineDetected.AnsweredBy.HUMAN;
                case "fax" -> MachineDetected.AnsweredBy.FAX;
                default -> MachineDetected.AnsweredBy.UNKNOWN;
            };
        }
        return new MachineDetected(call.id() + ":machine", Moments.at(form, now), call, who, raw);
    }

    /** What becomes of a recording. */
    Reading recording(SignedRequest signed, Instant now) {
        Form form = signed.fields();
        CallRef call = call(form);
        String id = form.text("RecordingSid");
        String status = form.text("RecordingStatus");
        Duration length = Duration.ofSeconds(Moments.seconds(form, "RecordingDuration"));
        return switch (status) {
            case "completed" ->
                Reading.of(
                        new Next.Taken(),
                        new RecordingReady(
                                id + ":ready",
                                Moments.parse(form.text("RecordingStartTime"), now.minus(length))
                                        .plus(length),
                                call,
                                form.text("RecordingSource").equals("RecordVerb")
                                        ? RecordingReady.Kind.VOICEMAIL
                                        : RecordingReady.Kind.CALL,
                                URI.create(form.text("RecordingUrl")),
                                length));
            case "absent", "failed" -> {
                String error = form.text("ErrorCode");
                yield Reading.of(
                        new Next.Taken(),
                        new RecordingFailed(
                                id + ":failed", now, call, error.isEmpty() ? status : status + ", error " + error));
            }
            case "in-progress", "paused", "stopped", "processing" -> Reading.of(new Next.Taken());
            default -> WebhookReader.unrecognized(signed, now);
        };
    }

    private static FlowEvent result(Form form, CallMemo memo, CallRef call, Instant now) {
        return switch (memo.kind()) {
            case GATHER ->
                new InputGathered(
                        Moments.id(call.id(), "input", memo.number()),
                        now,
                        call,
                        memo.then(),
                        GatherMemo.read(memo.details()).result(form));
            case DIAL -> {
                HangupCause cause = dialled(form, Long.parseLong(memo.details().get(0)));
                boolean talked = isAnswered(form.text("DialCallStatus"));
                yield new DialEnded(
                        Moments.id(call.id(), "dial", memo.number()),
                        now,
                        call,
                        memo.then(),
                        talked ? Disposition.ANSWERED : Disposition.unanswered(cause),
                        cause);
            }
            case VOICEMAIL -> new MessageTaken(Moments.id(call.id(), "message", memo.number()), now, call, memo.then());
            case NEXT, CONFERENCE, QUEUE, END, LEG, PLACED ->
                new Redirected(Moments.id(call.id(), "redirect", memo.number()), now, call, memo.then());
        };
    }

    /** Twilio does not say that the time limit cut a talk; its length does. */
    private static HangupCause dialled(Form form, long longest) {
        String status = form.text("DialCallStatus");
        return isAnswered(status) && Moments.seconds(form, "DialCallDuration") >= longest
                ? HangupCause.TIMER_EXPIRED
                : Causes.of(status, form.text("DialSipResponseCode"), form.text("ErrorCode"));
    }

    private static HangupCause cause(Form form, String status) {
        // Nobody but the caller leaves an inbound call that is not answered: what we refuse we say ourselves.
        boolean left = isInbound(form) && status.equals("no-answer");
        return Causes.of(left ? "canceled" : status, form.text("SipResponseCode"), form.text("ErrorCode"));
    }

    private static ReleasedBy releasedBy(Form form, String status, HangupCause cause) {
        if (isInbound(form)) {
            return status.equals("busy") || status.equals("failed") ? ReleasedBy.SYSTEM : ReleasedBy.CALLER;
        }
        return switch (status) {
            case "completed", "busy" -> ReleasedBy.CALLEE;
            case "no-answer", "canceled" ->
                cause.q850() == HangupCause.CALL_REJECTED.q850() ? ReleasedBy.CALLEE : ReleasedBy.SYSTEM;
            default -> ReleasedBy.UNKNOWN;
        };
    }

    private static boolean isInbound(Form form) {
        return form.text("Direction").toLowerCase(Locale.ROOT).equals("inbound");
    }

    private static boolean isAnswered(Form form) {
        return form.text("CallStatus").equals("in-progress");
    }

    private static boolean isAnswered(String status) {
        return status.equals("in-progress") || status.equals("answered") || status.equals("completed");
    }

    private static CallAnswered answered(CallRef call, Instant at) {
        return new CallAnswered(call.id() + ":answered", at, call);
    }

    private CallRef call(Form form) {
        return new CallRef(provider, form.text("CallSid"));
    }
}
