package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.EventRouter;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Voicemail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inbound journey: a main number welcomes the caller, asks for a CareFlow ID and rings its user; a personal number rings
 * its user at once. Whatever goes wrong is said to the caller and noted for the CDR.
 *
 * <p>Keeps nothing between events, so any node of the application can answer the next one. Thread-safe. When the directory
 * fails, the caller hears an apology.
 */
public final class InboundDesk implements FlowHandler {
    private static final String ID = "careflow-id";
    private static final String RUNG = "rung";
    private static final String MESSAGE = "message";

    private final Directory directory;
    private final InboundPrompts prompts;
    private final InboundSettings settings;
    private final EventRouter<CallFlow> router;

    /** A desk over this directory. */
    public InboundDesk(Directory directory, InboundPrompts prompts, InboundSettings settings) {
        this.directory = directory;
        this.prompts = prompts;
        this.settings = settings;
        this.router = EventRouter.<CallFlow>builder()
                .on(InboundCall.class, this::arrived)
                .on(InputGathered.class, this::entered)
                .on(DialEnded.class, this::rung)
                .on(MessageTaken.class, taken -> closing(List.of(prompts.messageTaken())))
                .otherwise(event -> closing(List.of(prompts.sorry())));
    }

    @Override
    public CallFlow next(FlowEvent event) {
        return router.route(event);
    }

    private CallFlow arrived(InboundCall call) {
        Optional<PhoneNumber> dialled = number(call.to());
        Optional<Did> found;
        try {
            found = dialled.flatMap(directory::did);
        } catch (RuntimeException e) {
            return sorry();
        }
        if (found.isEmpty()) {
            return CallFlow.start()
                    .reject(Reject.Reason.NOT_FOUND)
                    .noting(CallNote.NONE.withOutcome(Disposition.UNKNOWN_NUMBER));
        }
        Did did = found.get();
        CallNote origin = CallNote.NONE.withOrigin(did.tenant(), did.carrier());
        User owner = did.owner();
        return (owner == null ? ask(List.of(prompts.welcome()), did.tenant(), 1) : ring(owner)).noting(origin);
    }

    private CallFlow entered(InputGathered entered) {
        int attempt = entered.continuation().get("attempt", 1);
        TenantId tenant = new TenantId(entered.continuation().get("tenant", TenantId.DEFAULT.value()));
        String digits = entered.input().digits();
        if (digits.isEmpty()) {
            return again(List.of(), tenant, attempt, Disposition.NO_INPUT);
        }
        Optional<User> user;
        try {
            user = CareFlowId.find(digits).flatMap(id -> directory.user(tenant, id));
        } catch (RuntimeException e) {
            return sorry().noting(typed(digits));
        }
        return user.map(this::ring)
                .orElseGet(() -> again(List.of(prompts.unknownId()), tenant, attempt, Disposition.UNKNOWN_ID))
                .noting(typed(digits));
    }

    private CallFlow rung(DialEnded dial) {
        boolean voicemail = dial.continuation().get("voicemail", "no").equals("yes");
        if (dial.result() == Disposition.ANSWERED) {
            return closing(List.of(), dial.cause());
        } else if (voicemail) {
            return speaking(List.of(prompts.leaveMessage()))
                    .voicemail(Voicemail.upTo(settings.longestMessage(), Continuation.named(MESSAGE)));
        }
        Prompt announcement = switch (dial.result()) {
            case BUSY -> prompts.busy();
            case NO_ANSWER -> prompts.noAnswer();
            case NOT_REGISTERED -> prompts.notReachable();
            case REJECTED -> prompts.rejected();
            default -> prompts.sorry();
        };
        return closing(List.of(announcement));
    }

    private CallFlow ask(List<Prompt> before, TenantId tenant, int attempt) {
        List<Prompt> spoken = new ArrayList<>(before);
        spoken.add(prompts.askId());
        Continuation then = Continuation.named(ID).with("attempt", attempt).with("tenant", tenant.value());
        Gather gather = Gather.digits(settings.idDigits(), then)
                .asking(spoken.toArray(new Prompt[0]))
                .within(settings.firstDigit(), settings.betweenDigits(), settings.totalInput());
        return CallFlow.start().gather(gather);
    }

    private CallFlow again(List<Prompt> announcement, TenantId tenant, int attempt, Disposition outcome) {
        if (attempt < settings.attempts()) {
            return ask(announcement, tenant, attempt + 1);
        }
        List<Prompt> spoken = new ArrayList<>(announcement);
        spoken.add(prompts.goodbye());
        return closing(spoken).noting(CallNote.NONE.withOutcome(outcome));
    }

    private CallFlow ring(User user) {
        CallNote note = CallNote.NONE.withUser(user.id());
        Continuation then = Continuation.named(RUNG).with("voicemail", user.voicemail() ? "yes" : "no");
        if (user.endpoints().isEmpty()) {
            return (user.voicemail()
                            ? speaking(List.of(prompts.leaveMessage()))
                                    .voicemail(Voicemail.upTo(settings.longestMessage(), Continuation.named(MESSAGE)))
                            : closing(List.of(prompts.notReachable())))
                    .noting(note.withOutcome(Disposition.NOT_REGISTERED));
        }
        Dial dial =
                Dial.to(user.endpoints(), then).ringingFor(settings.ringFor()).talkingAtMost(settings.longestTalk());
        return CallFlow.start().dial(dial).noting(note);
    }

    private CallFlow sorry() {
        return closing(List.of(prompts.sorry()), HangupCause.TEMPORARY_FAILURE)
                .noting(CallNote.NONE.withOutcome(Disposition.FAILED));
    }

    private CallNote typed(String digits) {
        String shown =
                settings.maskTyped() ? "*".repeat(digits.length() - 1) + digits.charAt(digits.length() - 1) : digits;
        return CallNote.NONE.withTyped(shown);
    }

    private Optional<PhoneNumber> number(Party dialled) {
        try {
            return Optional.of(PhoneNumber.parse(dialled.address(), settings.homeRegion()));
        } catch (IllegalArgumentException e) {
            return dialled.number();
        }
    }

    private static CallFlow closing(List<Prompt> spoken) {
        return closing(spoken, HangupCause.NORMAL_CLEARING);
    }

    private static CallFlow closing(List<Prompt> spoken, HangupCause cause) {
        return speaking(spoken).end(new HangUp(cause));
    }

    private static CallFlow.Draft speaking(List<Prompt> spoken) {
        CallFlow.Draft draft = CallFlow.start();
        spoken.forEach(draft::step);
        return draft;
    }
}
