package io.careflow.pstn.consent;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decision into what a party hears, and keeps what came of it. Nothing is recorded unless the log has taken the record first:
 * if it throws, so does the method, and the application goes on with its flow unrecorded.
 *
 * <p>Each party is told and asked on their own leg ({@link #begin}), or both at once when they are joined ({@link #joining}): a notice
 * that only the caller heard says nothing to the callee. Thread-safe.
 */
public final class ConsentDesk {
    /** The key that gives consent. */
    public static final String YES = "1";

    private static final int LONGEST_RULE = 1000;
    private static final Set<ConsentRecord.Answer> SILENT =
            Set.of(ConsentRecord.Answer.NOT_NEEDED, ConsentRecord.Answer.NOT_ASKED);

    private final ConsentLog log;
    private final ConsentWording wording;
    private final Clock clock;

    /** A desk that speaks like this and keeps answers there. */
    public ConsentDesk(ConsentLog log, ConsentWording wording, Clock clock) {
        this.log = Objects.requireNonNull(log, "log");
        this.wording = Objects.requireNonNull(wording, "wording");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * What a leg runs so that the call may be recorded: it is recorded and goes on; or the notice is played inside the recording and it
     * goes on; or a key is asked for, and the application goes on with {@link #answered}. If the decision asks for the key, all on this
     * leg are asked.
     *
     * @param call the leg, which is the one that is recorded
     * @param decision what the policy says
     * @param listening the names of those who hear this leg
     * @param rest how the call goes on
     * @param asked where the application goes on with the key
     * @throws IllegalArgumentException if nobody of that name is in the decision
     */
    public CallFlow begin(
            CallRef call, ConsentDecision decision, List<String> listening, CallFlow rest, Continuation asked) {
        Instant now = clock.instant();
        for (ConsentDecision.Ruling ruling : named(decision, listening)) {
            boolean nothing = decision.action() == ConsentAction.NONE;
            log.keep(record(
                    call,
                    decision,
                    ruling,
                    nothing ? ConsentRecord.Answer.NOT_NEEDED : ConsentRecord.Answer.PENDING,
                    now));
        }
        return switch (decision.action()) {
            case NONE -> before(rest, new StartRecording());
            case ANNOUNCE -> before(rest, notice());
            case EXPLICIT -> CallFlow.start().gather(question(asked)).noting(rest.note());
        };
    }

    /**
     * What a leg runs so that its conversation with somebody it dials may be recorded: both hear the notice as soon as they are joined,
     * inside the recording, which begins then. Where nothing must be said the recording begins at once. A key cannot be asked of both:
     * where one is needed, or where the provider has no such notice, the talk goes on unrecorded, and that is kept.
     *
     * @param call the leg, which is the one that is recorded
     * @param decision what the policy says of all who will talk
     * @param rest how the call goes on; must end with a {@link Dial}
     * @param support what the call's provider can do
     * @throws IllegalArgumentException if {@code rest} does not dial
     */
    public CallFlow joining(CallRef call, ConsentDecision decision, CallFlow rest, FlowSupport support) {
        if (!(rest.ending() instanceof Dial dial)) {
            throw new IllegalArgumentException(
                    "rest ends with '" + rest.ending().name() + "'; allowed is a dial, which joins two");
        }
        CallFlow told = new CallFlow(rest.steps(), dial.noticing(notice()), rest.note());
        ConsentRecord.Answer answer = switch (decision.action()) {
            case NONE -> ConsentRecord.Answer.NOT_NEEDED;
            case ANNOUNCE ->
                support.missing(told).isEmpty() ? ConsentRecord.Answer.PENDING : ConsentRecord.Answer.NOT_ASKED;
            case EXPLICIT -> ConsentRecord.Answer.NOT_ASKED;
        };
        Instant now = clock.instant();
        decision.parties().forEach(ruling -> log.keep(record(call, decision, ruling, answer, now)));
        return switch (answer) {
            case NOT_NEEDED -> before(rest, new StartRecording());
            case PENDING -> told;
            default -> rest;
        };
    }

    /**
     * How the call goes on after the key was asked for: recorded, with the notice inside, if it was {@link #YES}. Anything else is a
     * refusal: what is recorded stops, and the call goes on.
     *
     * @param decision as in {@link #begin}
     * @param listening as in {@link #begin}
     */
    public CallFlow answered(
            CallRef call, ConsentDecision decision, List<String> listening, GatheredInput input, CallFlow rest) {
        boolean yes = input.digits().equals(YES);
        Instant now = clock.instant();
        boolean mayRun = log.of(call).stream().anyMatch(ConsentDesk::begins);
        for (ConsentDecision.Ruling ruling : named(decision, listening)) {
            log.keep(record(
                    call, decision, ruling, yes ? ConsentRecord.Answer.GIVEN : ConsentRecord.Answer.REFUSED, now));
        }
        if (yes) {
            return before(rest, notice());
        }
        return mayRun ? before(rest, new StopRecording()) : rest;
    }

    /** Whether a recording began by what is kept here; not by a question that nobody said yes to. */
    private static boolean begins(ConsentRecord consent) {
        return consent.answer() != ConsentRecord.Answer.NOT_ASKED
                && (consent.action() != ConsentAction.EXPLICIT || consent.answer() == ConsentRecord.Answer.GIVEN);
    }

    /** The notice was heard: everybody on that leg who waited for it has now been told. Repeats change nothing. */
    public void noticePlayed(NoticePlayed event) {
        for (ConsentRecord last : latest(event.call())) {
            boolean waits = last.answer() == ConsentRecord.Answer.PENDING
                    || (last.answer() == ConsentRecord.Answer.GIVEN && last.noticeAt() == null);
            if (waits && event.wording().equals(last.wording())) {
                ConsentRecord.Answer answer = last.answer() == ConsentRecord.Answer.GIVEN
                        ? ConsentRecord.Answer.GIVEN
                        : ConsentRecord.Answer.ANNOUNCED;
                log.keep(last.became(answer, event.occurredAt(), event.offset()));
            }
        }
    }

    /**
     * Whether everybody in the decision has done what it asks, on whatever legs: whoever joins legs of which each was asked records only
     * then.
     *
     * @param legs the calls of the parties
     */
    public boolean mayRecord(ConsentDecision decision, List<CallRef> legs) {
        Map<String, ConsentRecord> last = new LinkedHashMap<>();
        legs.forEach(leg -> latest(leg).forEach(consent -> last.put(consent.party(), consent)));
        return decision.parties().stream()
                .allMatch(ruling -> enough(decision, last.get(ruling.party().name())));
    }

    private static boolean enough(ConsentDecision decision, @Nullable ConsentRecord consent) {
        ConsentRecord.Answer answer = consent == null ? ConsentRecord.Answer.PENDING : consent.answer();
        return switch (decision.action()) {
            case NONE -> answer != ConsentRecord.Answer.REFUSED && answer != ConsentRecord.Answer.NOT_ASKED;
            case ANNOUNCE -> answer == ConsentRecord.Answer.ANNOUNCED || answer == ConsentRecord.Answer.GIVEN;
            case EXPLICIT -> answer == ConsentRecord.Answer.GIVEN;
        };
    }

    private List<ConsentRecord> latest(CallRef call) {
        Map<String, ConsentRecord> last = new LinkedHashMap<>();
        log.of(call).forEach(consent -> last.put(consent.party(), consent));
        return List.copyOf(last.values());
    }

    private ConsentRecord record(
            CallRef call,
            ConsentDecision decision,
            ConsentDecision.Ruling ruling,
            ConsentRecord.Answer answer,
            Instant at) {
        String why = ruling.because();
        return new ConsentRecord(
                call,
                ruling.party().name(),
                ruling.place(),
                decision.action(),
                why.substring(0, Math.min(why.length(), LONGEST_RULE)),
                SILENT.contains(answer) ? null : wording.id(),
                answer,
                at,
                null);
    }

    private static List<ConsentDecision.Ruling> named(ConsentDecision decision, List<String> names) {
        List<ConsentDecision.Ruling> found = decision.parties().stream()
                .filter(ruling -> names.contains(ruling.party().name()))
                .toList();
        if (names.isEmpty() || found.size() != names.size()) {
            throw new IllegalArgumentException("parties " + names + " are not all in the decision, or there are none");
        }
        return found;
    }

    private Notice notice() {
        return new Notice(wording.id(), wording.notice());
    }

    private Gather question(Continuation asked) {
        return Gather.digits(1, asked)
                .asking(wording.question())
                .within(Duration.ofSeconds(8), Duration.ofSeconds(2), Duration.ofSeconds(12));
    }

    private static CallFlow before(CallFlow rest, Step first) {
        List<Step> steps = new ArrayList<>();
        steps.add(first);
        steps.addAll(rest.steps());
        return new CallFlow(steps, rest.ending(), rest.note());
    }
}
