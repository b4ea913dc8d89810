package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Prompt;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/** What the user hears and what is done with their call. Keeps nothing. */
final class OutboundFlows {
    static final String ANSWERED = "outbound-answered";
    static final String DIALLED = "outbound-dialled";
    static final String MET = "outbound-met";
    private static final String COMMAND = "command";

    /** Q.850: unallocated, number changed, invalid format. */
    private static final Set<Integer> NO_SUCH_NUMBER = Set.of(1, 22, 28);

    private final OutboundSettings settings;
    private final OutboundPrompts prompts;

    OutboundFlows(OutboundSettings settings, OutboundPrompts prompts) {
        this.settings = settings;
        this.prompts = prompts;
    }

    static boolean isOurs(Continuation here) {
        return here.name().equals(ANSWERED)
                || here.name().equals(DIALLED)
                || here.name().equals(MET);
    }

    /** Empty if the continuation tells none. */
    static String command(Continuation here) {
        return here.get(COMMAND, "");
    }

    /** Nobody is dialled before the book was asked: the user's answer may come long after the command was given up. */
    CallFlow begin(CommandId command) {
        return CallFlow.start().redirect(then(ANSWERED, command));
    }

    /** The conversation. */
    CallFlow talk(OutboundOrder order, FlowSupport support) {
        CallFlow.Draft draft = CallFlow.start();
        if (order.room() != null) {
            Conference room = new Conference(order.room(), then(MET, order.command()));
            boolean host = !order.isDirect() && support.supported().contains(Conference.HOST);
            return draft.end(host ? room.asHost() : room);
        }
        Dial dial = Dial.to(order.destinations(), then(DIALLED, order.command()))
                .showing(order.callerId())
                .ringingFor(settings.ringFor())
                .talkingAtMost(order.longest())
                .over(order.trunks());
        Duration before = settings.warnBefore();
        boolean warned = before.compareTo(order.longest()) < 0
                && support.supported().contains(Dial.WARNING)
                && support.supported().contains(prompts.warning().name());
        return draft.dial(warned ? dial.warning(new DialWarning(before, prompts.warning())) : dial);
    }

    /** A guest's way into the room, and nothing else. */
    CallFlow meet(OutboundOrder guest) {
        String room = Objects.requireNonNull(guest.room(), "room");
        return CallFlow.start().end(new Conference(room, then(MET, guest.command())));
    }

    CallFlow dialled(DialEnded dial) {
        if (dial.result() == Disposition.ANSWERED) {
            return CallFlow.start().end(new HangUp(dial.cause()));
        }
        if (NO_SUCH_NUMBER.contains(dial.cause().q850())) {
            return closing(prompts.invalid(), Disposition.UNKNOWN_NUMBER);
        }
        Prompt spoken = switch (dial.result()) {
            case BUSY -> prompts.busy();
            case NO_ANSWER -> prompts.noAnswer();
            case REJECTED -> prompts.rejected();
            default -> prompts.unreachable();
        };
        return CallFlow.start().step(spoken).hangUp();
    }

    /** Refused to a user who dialled it. */
    CallFlow refused(CallbackAnswer answer, Disposition disposition) {
        Prompt spoken = disposition == Disposition.UNKNOWN_NUMBER
                ? prompts.invalid()
                : answer instanceof CallbackAnswer.NotPaid
                        ? prompts.noCredit()
                        : answer instanceof CallbackAnswer.Denied ? prompts.denied() : prompts.unreachable();
        return closing(spoken, disposition);
    }

    CallFlow denied() {
        return closing(prompts.denied(), Disposition.DENIED);
    }

    CallFlow sorry() {
        return CallFlow.start()
                .step(prompts.sorry())
                .end(new HangUp(HangupCause.TEMPORARY_FAILURE))
                .noting(CallNote.NONE.withOutcome(Disposition.FAILED));
    }

    CallFlow over() {
        return CallFlow.start().hangUp();
    }

    private static CallFlow closing(Prompt spoken, Disposition outcome) {
        return CallFlow.start().step(spoken).hangUp().noting(CallNote.NONE.withOutcome(outcome));
    }

    private static Continuation then(String name, CommandId command) {
        return Continuation.named(name).with(COMMAND, command.value());
    }
}
