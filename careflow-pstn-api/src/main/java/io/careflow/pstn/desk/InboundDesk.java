package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
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
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.guard.InboundGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The inbound journey: a main number welcomes the caller, asks for a CareFlow ID and rings its user; a personal number rings
 * its user at once. Whatever goes wrong is said to the caller and noted for the CDR.
 *
 * <p>Keeps nothing between events, so any node of the application can answer the next one. Thread-safe. When the directory
 * fails, the caller hears an apology, the CDR says {@link Disposition#FAILED}, and the application hears of it if it wants to.
 */
public final class InboundDesk implements FlowHandler {
    private static final String ID = "careflow-id";
    private static final String CONFIRMATION = "careflow-id-read-back";
    private static final String SAID = "said";
    private static final String ATTEMPT = "attempt";
    private static final String TENANT = "tenant";
    private static final String WRONG = "wrong";
    private static final String RUNG = "rung";
    private static final String MESSAGE = "message";
    private static final String LABEL = "label";
    private static final String CALLER = "caller";
    private static final String LOCKED = "locked";
    private static final int LONGEST_LABEL = 64;
    private static final Duration SHORTEST_TALK = Duration.ofSeconds(1);
    private static final Set<InputKind> EITHER = Set.of(InputKind.DTMF, InputKind.SPEECH);
    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh", "double");

    private final Directory directory;
    private final InboundPrompts prompts;
    private final InboundSettings settings;
    private final Failures failures;
    private final @Nullable VoiceEntry voice;
    private final @Nullable Trust trust;
    private final @Nullable InboundGuard guard;
    private final @Nullable ForwardGuard forwarding;
    private final EventRouter<CallFlow> router;

    /** A desk over this directory whose failures nobody hears of but the callers. */
    public InboundDesk(Directory directory, InboundPrompts prompts, InboundSettings settings) {
        this(directory, prompts, settings, (event, failure) -> {});
    }

    /** A desk over this directory. */
    public InboundDesk(Directory directory, InboundPrompts prompts, InboundSettings settings, Failures failures) {
        this(directory, prompts, settings, failures, null, null, null, null);
    }

    private InboundDesk(
            Directory directory,
            InboundPrompts prompts,
            InboundSettings settings,
            Failures failures,
            @Nullable VoiceEntry voice,
            @Nullable Trust trust,
            @Nullable InboundGuard guard,
            @Nullable ForwardGuard forwarding) {
        this.guard = guard;
        this.forwarding = forwarding;
        this.voice = voice;
        this.trust = trust;
        this.failures = Objects.requireNonNull(failures, "failures");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.prompts = Objects.requireNonNull(prompts, "prompts");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.router = EventRouter.<CallFlow>builder()
                .on(InboundCall.class, this::arrived)
                .on(InputGathered.class, this::entered)
                .on(DialEnded.class, this::rung)
                .on(MessageTaken.class, taken -> closing(List.of(prompts.messageTaken())))
                .otherwise(event -> closing(List.of(prompts.sorry())));
    }

    /**
     * The same desk, where callers may also say the ID. Only for providers that support {@code gather-speech}: another one
     * refuses the flows of this desk, and callers hear its apology.
     */
    public InboundDesk hearing(VoiceEntry value) {
        return new InboundDesk(
                directory,
                prompts,
                settings,
                failures,
                Objects.requireNonNull(value, "voice"),
                trust,
                guard,
                forwarding);
    }

    /**
     * The same desk, where it is found out how far callers' numbers are to be believed, noted for the CDR, and the policy says what
     * follows. Rules that label need a provider that supports {@value io.careflow.pstn.flow.Dial#LABEL}: another one refuses those
     * calls, and their callers hear its apology. A check that throws counts as {@link CallerTrust.Level#UNVERIFIED}.
     */
    public InboundDesk trusting(CallerTrustCheck check, CallerTrustPolicy policy) {
        return new InboundDesk(
                directory, prompts, settings, failures, voice, new Trust(check, policy), guard, forwarding);
    }

    /**
     * The same desk, where callers who call too often hear the busy tone, and who guesses IDs hears that each is unknown, also a right
     * one, until the lock is over. CDRs of both say {@link Disposition#DENIED}. While the guard's store fails, calls are refused and no
     * ID is looked up.
     */
    public InboundDesk guardedBy(InboundGuard value) {
        return new InboundDesk(
                directory,
                prompts,
                settings,
                failures,
                voice,
                trust,
                Objects.requireNonNull(value, "guard"),
                forwarding);
    }

    /**
     * The same desk, which also rings telephone numbers of users, each only as long as this allows. Without it only phones of ours (SIP)
     * are rung: a number outside is a call that somebody pays for. Where nothing else could be rung, the CDR of a call whose numbers
     * were not allowed says {@link Disposition#DENIED}.
     */
    public InboundDesk forwarding(ForwardGuard value) {
        return new InboundDesk(
                directory,
                prompts,
                settings,
                failures,
                voice,
                trust,
                guard,
                Objects.requireNonNull(value, "forwarding"));
    }

    @Override
    public CallFlow next(FlowEvent event) {
        return router.route(event);
    }

    private CallFlow arrived(InboundCall call) {
        InboundGuard checking = guard;
        if (checking == null) {
            return admitted(call, "");
        }
        String caller = InboundGuard.caller(call.from(), settings.homeRegion());
        boolean admitted = false;
        try {
            admitted = checking.admits(call.call().toString(), caller);
        } catch (RuntimeException e) {
            failures.failed(call, e);
        }
        return admitted
                ? admitted(call, caller)
                : CallFlow.start().reject(Reject.Reason.BUSY).noting(CallNote.NONE.withOutcome(Disposition.DENIED));
    }

    private CallFlow admitted(InboundCall call, String caller) {
        Optional<PhoneNumber> dialled =
                call.to().normalised(settings.homeRegion()).number();
        Optional<Did> found;
        try {
            found = dialled.flatMap(directory::did);
        } catch (RuntimeException e) {
            return sorry(call, e);
        }
        if (found.isEmpty()) {
            return CallFlow.start()
                    .reject(Reject.Reason.NOT_FOUND)
                    .noting(CallNote.NONE.withOutcome(Disposition.UNKNOWN_NUMBER));
        }
        Did did = found.get();
        CallNote origin = CallNote.NONE.withOrigin(did.tenant(), did.carrier());
        Trust checking = trust;
        if (checking == null) {
            return answer(call, did, "", caller).noting(origin);
        }
        CallerTrust number = checked(checking.check(), call);
        CallNote note = origin.withTrust(number);
        CallerTrustPolicy.Rule rule = checking.policy().rule(did.tenant(), number.level());
        if (rule instanceof CallerTrustPolicy.Refuse refuse) {
            return CallFlow.start().reject(refuse.reason()).noting(note.withOutcome(Disposition.DENIED));
        }
        return answer(call, did, rule instanceof CallerTrustPolicy.Label label ? shown(label, call) : "", caller)
                .noting(note);
    }

    private CallFlow answer(InboundCall call, Did did, String label, String caller) {
        User owner = did.owner();
        return owner == null
                ? ask(List.of(prompts.welcome()), first(did.tenant(), label, caller))
                : ring(call, owner, label);
    }

    private CallerTrust checked(CallerTrustCheck check, InboundCall call) {
        try {
            return check.check(call);
        } catch (RuntimeException e) {
            failures.failed(call, e);
            return new CallerTrust(
                    CallerTrust.Level.UNVERIFIED,
                    Attestation.NONE,
                    null,
                    CallerTrust.Source.NOBODY,
                    "the check failed: " + e.getClass().getSimpleName(),
                    null);
        }
    }

    /** The name shown with a call, so that its beginning stands whatever the caller is called. */
    private static String shown(CallerTrustPolicy.Label label, InboundCall call) {
        String name = call.from().displayName() == null ? "" : call.from().displayName();
        String text = (label.prefix() + name)
                .codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL);
    }

    private CallFlow entered(InputGathered entered) {
        Continuation here = entered.continuation();
        String digits = entered.input().digits();
        VoiceEntry hearing = voice;
        if (hearing != null && here.name().equals(CONFIRMATION)) {
            return isConfirmed(entered.input(), hearing)
                    ? look(entered, here.get(SAID, ""), user -> ring(entered, user, here.get(LABEL, "")))
                    : again(List.of(), new Continuation(ID, here.state()));
        } else if (!digits.isEmpty()) {
            return look(entered, digits, user -> ring(entered, user, here.get(LABEL, "")));
        } else if (hearing != null && entered.input().end() == GatheredInput.End.COMPLETE) {
            return said(entered, hearing);
        }
        return again(List.of(), here);
    }

    /** Rings, or reads back, the user of an ID, who is looked for first: an ID that nobody has need not be confirmed. */
    private CallFlow look(InputGathered entered, String digits, Function<User, CallFlow> found) {
        Continuation here = new Continuation(ID, entered.continuation().state());
        TenantId tenant = new TenantId(here.get(TENANT, TenantId.DEFAULT.value()));
        Optional<User> user;
        try {
            if (!mayTry(entered, here)) {
                return again(List.of(prompts.unknownId()), here.with(WRONG, LOCKED))
                        .noting(typed(digits).withOutcome(Disposition.DENIED));
            }
            user = CareFlowId.find(digits).flatMap(id -> directory.user(tenant, id));
            if (user.isPresent()) {
                wasRight(entered, here);
            }
        } catch (RuntimeException e) {
            return sorry(entered, e).noting(typed(digits));
        }
        return user.map(found)
                .orElseGet(() -> again(List.of(prompts.unknownId()), here.with(WRONG, "yes")))
                .noting(typed(digits));
    }

    /** Counted before it is looked up, so that many calls at once guess no more than one after the other. */
    private boolean mayTry(InputGathered entered, Continuation here) {
        InboundGuard checking = guard;
        return checking == null
                || checking.tries(entered.call().toString(), here.get(ATTEMPT, 1), here.get(CALLER, "*"));
    }

    private void wasRight(InputGathered entered, Continuation here) {
        InboundGuard checking = guard;
        if (checking != null) {
            checking.right(entered.call().toString(), here.get(ATTEMPT, 1), here.get(CALLER, "*"));
        }
    }

    private CallFlow said(InputGathered entered, VoiceEntry hearing) {
        GatheredInput input = entered.input();
        Optional<CareFlowId> id = Optional.ofNullable(input.speech()).flatMap(CareFlowId::findSpoken);
        if (id.isEmpty()) {
            return again(List.of(hearing.notUnderstood()), entered.continuation());
        }
        Integer confidence = input.confidence();
        boolean sure = confidence != null && confidence >= hearing.confirmBelow();
        return look(
                entered,
                id.get().keypad(),
                user -> sure
                        ? ring(entered, user, entered.continuation().get(LABEL, ""))
                        : readBack(id.get(), entered.continuation(), hearing));
    }

    private CallFlow readBack(CareFlowId id, Continuation here, VoiceEntry hearing) {
        List<String> words = Stream.concat(hearing.yes().stream(), hearing.no().stream())
                .sorted()
                .toList();
        Gather gather = Gather.digits(1, new Continuation(CONFIRMATION, here.state()).with(SAID, id.keypad()))
                .accepting(EITHER)
                .asking(hearing.readBack().of(id).toArray(new Prompt[0]))
                .hinting(words.toArray(new String[0]))
                .within(settings.firstDigit(), settings.betweenDigits(), settings.totalInput());
        return CallFlow.start().gather(gather);
    }

    private static boolean isConfirmed(GatheredInput input, VoiceEntry hearing) {
        if (!input.digits().isEmpty() || input.speech() == null) {
            return input.digits().equals("1");
        }
        String words = input.speech()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        return hearing.yes().contains(words)
                || Arrays.stream(words.split(" ", -1)).allMatch(hearing.yes()::contains);
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

    private static Continuation first(TenantId tenant, String label, String caller) {
        Continuation bare = Continuation.named(ID).with(ATTEMPT, 1).with(TENANT, tenant.value());
        Continuation first = caller.isEmpty() ? bare : bare.with(CALLER, caller);
        return label.isEmpty() ? first : first.with(LABEL, label);
    }

    private CallFlow ask(List<Prompt> before, Continuation then) {
        VoiceEntry hearing = voice;
        List<Prompt> spoken = new ArrayList<>(before);
        spoken.add(hearing == null ? prompts.askId() : hearing.askId());
        Gather gather = Gather.digits(settings.idDigits(), then)
                .asking(spoken.toArray(new Prompt[0]))
                .within(settings.firstDigit(), settings.betweenDigits(), settings.totalInput());
        return CallFlow.start()
                .gather(hearing == null ? gather : gather.accepting(EITHER).hinting(DIGITS.toArray(new String[0])));
    }

    private CallFlow again(List<Prompt> announcement, Continuation here) {
        int attempt = here.get(ATTEMPT, 1);
        if (attempt < settings.attempts()) {
            return ask(announcement, here.with(ATTEMPT, attempt + 1));
        }
        Disposition outcome = switch (here.get(WRONG, "no")) {
            case "yes" -> Disposition.UNKNOWN_ID;
            case LOCKED -> Disposition.DENIED;
            default -> Disposition.NO_INPUT;
        };
        List<Prompt> spoken = new ArrayList<>(announcement);
        spoken.add(prompts.goodbye());
        return closing(spoken).noting(CallNote.NONE.withOutcome(outcome));
    }

    private CallFlow ring(FlowEvent event, User user, String label) {
        CallNote note = CallNote.NONE.withUser(user.id());
        Continuation then = Continuation.named(RUNG).with("voicemail", user.voicemail() ? "yes" : "no");
        List<Destination> phones = new ArrayList<>();
        Duration longest = settings.longestTalk();
        boolean denied = false;
        for (Destination endpoint : user.endpoints()) {
            Duration talk = endpoint instanceof Destination.Phone phone
                    ? forwarded(event, user, phone.number())
                    : settings.longestTalk();
            if (talk.compareTo(SHORTEST_TALK) >= 0) {
                phones.add(endpoint);
                longest = talk.compareTo(longest) < 0 ? talk : longest;
            } else {
                denied |= forwarding != null;
            }
        }
        if (phones.isEmpty()) {
            Disposition outcome = denied ? Disposition.DENIED : Disposition.NOT_REGISTERED;
            return (user.voicemail()
                            ? speaking(List.of(prompts.leaveMessage()))
                                    .voicemail(Voicemail.upTo(settings.longestMessage(), Continuation.named(MESSAGE)))
                            : closing(List.of(prompts.notReachable())))
                    .noting(note.withOutcome(outcome));
        }
        Dial dial = Dial.to(phones, then).ringingFor(settings.ringFor()).talkingAtMost(longest);
        return CallFlow.start()
                .dial(label.isEmpty() ? dial : dial.labelled(label))
                .noting(note);
    }

    private Duration forwarded(FlowEvent event, User user, PhoneNumber number) {
        if (forwarding == null) {
            return Duration.ZERO;
        }
        try {
            return forwarding.talk(event.call(), user, number, settings.longestTalk());
        } catch (RuntimeException e) {
            failures.failed(event, e);
            return Duration.ZERO;
        }
    }

    private CallFlow sorry(FlowEvent event, RuntimeException failure) {
        failures.failed(event, failure);
        return closing(List.of(prompts.sorry()), HangupCause.TEMPORARY_FAILURE)
                .noting(CallNote.NONE.withOutcome(Disposition.FAILED));
    }

    private CallNote typed(String digits) {
        String shown =
                settings.maskTyped() ? "*".repeat(digits.length() - 1) + digits.charAt(digits.length() - 1) : digits;
        return CallNote.NONE.withTyped(shown);
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

    private record Trust(CallerTrustCheck check, CallerTrustPolicy policy) {
        Trust {
            Objects.requireNonNull(check, "check");
            Objects.requireNonNull(policy, "policy");
        }
    }

    /** Hears of a directory that failed, to log it. Thread-safe; must not throw. */
    @FunctionalInterface
    public interface Failures {
        /** The directory failed when it was asked because of this event. */
        void failed(FlowEvent event, RuntimeException failure);
    }
}
