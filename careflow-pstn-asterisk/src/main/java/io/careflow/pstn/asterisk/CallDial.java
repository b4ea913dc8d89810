package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.TrunkFull;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowSignal;
import io.careflow.pstn.routing.CauseTable;
import io.careflow.pstn.routing.CauseTable.Judgement;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ringing somebody, by Asterisk's own Dial. Part of one call. */
final class CallDial {
    private static final Logger log = LoggerFactory.getLogger(CallDial.class);
    /** What another trunk may do better, if nothing rang. */
    static final Set<FailoverClass> AGAIN =
            Set.of(FailoverClass.NEXT, FailoverClass.NEXT_BEFORE_18X, FailoverClass.CONFIG, FailoverClass.LATER);

    // How much earlier than the limit a cut conversation may seem to have ended: Asterisk's timer and our clock differ.
    private static final Duration TOLERANCE = Duration.ofMillis(250);

    private final AsteriskCall call;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> dialled = new HashSet<>();
    private final Map<String, String> names = new HashMap<>();
    /** Trunks over which this dial was tried in vain. */
    private final Set<String> tried = new HashSet<>();

    private int number;
    private boolean running;
    private boolean eventsMissed;
    private boolean dialledBefore;
    private final CallAttempts attempts;
    private final DialVariables variables;
    private @Nullable Dial dial;
    private @Nullable Duration longest;
    private @Nullable String trunk;
    private @Nullable HangupCause refusal;
    private boolean rang;
    private @Nullable String rung;
    private @Nullable String talking;
    private @Nullable Instant talkingSince;

    CallDial(AsteriskCall call) {
        this.call = call;
        this.attempts = new CallAttempts(call);
        this.variables = new DialVariables(call);
    }

    void begin(int command, Dial wanted) {
        number = command;
        tried.clear();
        try {
            ring(wanted, call.lines().dial(wanted, tried));
        } catch (TrunkFull full) {
            HangupCause cause = HangupCause.of(Causes.CONGESTION, full.failure().reason());
            call.signal(
                    new FlowSignal.Completed(command, new FlowResult.Dialled(Disposition.unanswered(cause), cause)));
        }
    }

    private void ring(Dial wanted, CallLines.Targets targets) {
        dial = wanted;
        rung = null;
        longest = wanted.longest();
        trunk = targets.trunk();
        attempts.begin(wanted.destinations().get(0), targets);
        reset();
        String id = call.channel();
        running = true;
        try {
            String variable = call.variable().text(wanted, variables.set(wanted), targets);
            if (!call.board().rest().setVariable(id, ChannelVariable.NAME, variable)
                    || !call.board().rest().continueInDialplan(id, "careflow-dial", entry(targets), 1)) {
                call.lookAgain();
            }
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE) {
                // Nobody is rung, so nobody needs the channels.
                running = false;
                call.lines().dialOver();
            }
            throw e;
        }
    }

    /**
     * Takes over a dial that a predecessor began.
     *
     * @param written whom it rings and how long they may talk
     */
    void resume(ChannelVariable written) {
        longest = written.longest();
        rung = written.targets().size() == 1 ? name(written.targets().get(0)) : null;
        number = -1;
        dialledBefore = true;
        dial = null;
        variables.resume();
        reset();
        running = true;
    }

    // A first call to one destination goes the short way: every step of a dialplan costs Asterisk and whoever
    // subscribed.
    private String entry(CallLines.Targets to) {
        boolean simple =
                !dialledBefore && to.targets().size() == 1 && to.callerId().isEmpty();
        dialledBefore = true;
        if (!simple) {
            return "s";
        }
        return to.targets().get(0).startsWith(Endpoints.USER) ? "user" : "line";
    }

    boolean isRunning() {
        return running;
    }

    boolean isTalking() {
        return talking != null;
    }

    void progressed(AriEvent event) {
        String peer = event.text("peer", "id");
        boolean own = peer.equals(call.channel());
        String leg = own ? call.ref().id() : peer;
        Instant at = event.timestamp();
        String status = event.text("dialstatus");
        switch (status) {
            case "" -> {
                String destination = destination(event);
                open.add(leg);
                dialled.add(destination);
                attempts.sent(at);
                names.put(leg, destination);
                call.emit(new LegDialled(call.id("leg"), at, call.ref(), leg, destination));
                letGoIfRedirected(leg);
            }
            case "RINGING", "PROGRESS" -> {
                rang = true;
                attempts.rang(at);
                if (own) {
                    call.placing().rang(at);
                }
                call.emit(new LegRinging(call.id("leg"), at, call.ref(), leg));
            }
            case "ANSWER" -> {
                boolean joins = !leg.equals(talking);
                answered(leg, at);
                letGoIfRedirected(leg);
                if (joins && !call.isRedirected() && dial != null && dial.notice() != null) {
                    call.notice().begin(leg, dial.notice());
                }
            }
            case "CANCEL" ->
                legEnded(leg, at, call.release().isLeaving() ? HangupCause.NORMAL_CLEARING : Causes.ELSEWHERE);
            case "BUSY", "NOANSWER", "CONGESTION", "CHANUNAVAIL", "DONTCALL", "TORTURE" -> {
                // Of a call that may go on over another trunk, the end of the channel tells more.
                if (!own || !call.placing().mayGoOn()) {
                    legEnded(leg, at, refusal(event.text("peer", "name"), status));
                }
            }
            // PROCEEDING and whatever newer versions may say: the leg goes on.
            default -> log.debug("{}: dial status {}", call.ref(), status);
        }
    }

    /** The status of a Dial event has words for few causes and calls all others "no answer": ask what the phone said. */
    private HangupCause refusal(String peer, String status) {
        if (status.equals("BUSY")) {
            return HangupCause.USER_BUSY;
        }
        try {
            return call.board()
                    .rest()
                    .variable(call.channel(), "HANGUPCAUSE(" + peer + ",tech)")
                    .flatMap(Causes::ofRefusal)
                    .orElseGet(() -> DialOutcome.legCause(status));
        } catch (PstnException e) {
            log.debug("{}: no cause of {}: {}", call.ref(), peer, e.getMessage());
            return DialOutcome.legCause(status);
        }
    }

    // Whoever redirected the call did so before this leg was known.
    private void letGoIfRedirected(String leg) {
        if (call.isRedirected()) {
            call.board().rest().hangup(leg, HangupCause.NORMAL_CLEARING.q850());
        }
    }

    /** Connection lost: who was dialled meanwhile is not known. */
    void eventsMissed() {
        eventsMissed = true;
    }

    /** The person answered; also told after the fact, when events were missed. */
    void answered(String leg, Instant at) {
        if (leg.equals(talking)) {
            return;
        }
        String missed = rung;
        if (missed != null && !leg.equals(call.ref().id()) && !names.containsKey(leg)) {
            call.emit(new LegDialled(call.id("leg"), at, call.ref(), leg, missed));
        }
        open.add(leg);
        talking = leg;
        talkingSince = at;
        attempts.answered(at);
        call.answered(at);
        call.emit(new LegAnswered(call.id("leg"), at, call.ref(), leg));
    }

    /** The dial is over and the caller is still there. */
    void returned(Instant at, List<String> args) {
        if (!running) {
            // Recovery saw the channel come back before its event was read.
            return;
        }
        String status = args.size() > 1 ? args.get(1) : "";
        int cause = args.size() > 2 && !args.get(2).isEmpty() ? Integer.parseInt(args.get(2)) : 0;
        DialOutcome outcome = DialOutcome.of(status, cause);
        if (outcome.disposition() == Disposition.ANSWERED
                && talking == null
                && args.size() > 3
                && !args.get(3).isEmpty()) {
            answered("missed", Instant.ofEpochMilli(Long.parseLong(args.get(3))));
        }
        HangupCause refused = dialled.size() == 1 ? refusal : null;
        if (refused != null && talking == null) {
            outcome = outcome.refused(refused);
        }
        boolean cut = wasCut(at);
        if (cut) {
            outcome = outcome.because(HangupCause.TIMER_EXPIRED);
        }
        if (talking != null && !cut) {
            call.release().calleeLeft();
        } else {
            call.release().flowGoesOn();
        }
        Dial over = dial;
        call.notice().conversationOver();
        closeLegs(at, outcome.cause());
        call.lines().dialOver();
        if (over != null && failsOver(over, outcome, at)) {
            return;
        }
        boolean ours = number >= 0;
        running = false;
        reset();
        Continuation then = call.state().then();
        if (call.takeRedirection()) {
            return;
        }
        if (ours) {
            call.signal(
                    new FlowSignal.Completed(number, new FlowResult.Dialled(outcome.disposition(), outcome.cause())));
        } else if (then != null) {
            call.ask(new DialEnded(call.id("dial"), at, call.ref(), then, outcome.disposition(), outcome.cause()));
        }
    }

    /**
     * A single number that a trunk refused for reasons of its own, and that did not ring, is called over the next trunk. Asterisk has
     * told the end of the attempt, so nobody can be called twice.
     */
    private boolean failsOver(Dial over, DialOutcome outcome, Instant at) {
        String failed = trunk;
        HangupCause network = refusal == null ? outcome.cause() : refusal;
        if (outcome.disposition() == Disposition.ANSWERED) {
            attempts.answered(network, at);
            return false;
        }
        Judgement judged = CauseTable.standard().judge(network, List.of());
        if (failed == null
                || number < 0
                || rang
                || eventsMissed
                || call.isRedirected()
                || over.destinations().size() != 1
                || outcome.disposition() == Disposition.NO_ANSWER
                || !AGAIN.contains(judged.verdict().failover())) {
            attempts.over(at, network, judged.verdict(), Move.STOP, judged.basis() + (rang ? ", after it rang" : ""));
            return false;
        }
        tried.add(failed);
        warnIfOurs(failed, judged);
        CallLines.Targets next;
        try {
            next = call.lines().dial(over, tried);
        } catch (PstnException e) {
            call.lines().dialOver();
            log.info("{}: no trunk after {}: {}", call.ref(), failed, e.getMessage());
            attempts.over(
                    at,
                    network,
                    judged.verdict(),
                    Move.EXHAUSTED,
                    judged.basis() + "; " + e.failure().reason());
            return false;
        }
        log.info("{}: trunk {} failed, {} is next", call.ref(), failed, next.trunk());
        attempts.over(at, network, judged.verdict(), Move.NEXT, judged.basis());
        try {
            ring(over, next);
            return true;
        } catch (PstnException e) {
            call.lines().dialOver();
            log.info("{}: trunk {} is not dialled: {}", call.ref(), next.trunk(), e.getMessage());
            attempts.refused(at, e);
            return false;
        }
    }

    /** A refusal of the trunk itself, such as a 403, is mended by nobody but us. */
    private void warnIfOurs(String failed, Judgement judged) {
        if (judged.verdict().failover() == FailoverClass.CONFIG) {
            attempts.alarm(failed, judged);
            log.warn(
                    "{}: trunk {} refuses our calls, {} ({}): something of ours there wants mending",
                    call.ref(),
                    failed,
                    judged.verdict().cause(),
                    judged.basis());
        }
    }

    /** Stops ringing or talking, so that the channel comes back to us. */
    void abandon() {
        Set.copyOf(open).forEach(leg -> call.board().rest().hangup(leg, HangupCause.NORMAL_CLEARING.q850()));
    }

    void callerGone(Instant at, HangupCause cause) {
        running = false;
        call.notice().conversationOver();
        attempts.callerGone(cause, at);
        closeLegs(at, cause);
        call.lines().dialOver();
    }

    private boolean wasCut(Instant at) {
        return longest != null
                && talkingSince != null
                && !Duration.between(talkingSince, at)
                        .plus(TOLERANCE)
                        .minus(longest)
                        .isNegative();
    }

    /** The dialplan rings only phones that are there; the others are attempts too. */
    private void reportAbsent(Instant at) {
        Dial over = dial;
        dial = null;
        if (over == null || eventsMissed) {
            return;
        }
        for (Destination destination : over.destinations()) {
            String name = call.board().endpoints().name(destination);
            if (call.board().endpoints().isHome(destination) && !dialled.contains(name)) {
                String leg = call.ref().id() + ":absent:" + name;
                call.emit(new LegDialled(call.id("leg"), at, call.ref(), leg, name));
                call.emit(new LegEnded(call.id("leg"), at, call.ref(), leg, HangupCause.SUBSCRIBER_ABSENT));
            }
        }
    }

    private void closeLegs(Instant at, HangupCause cause) {
        reportAbsent(at);
        Set.copyOf(open).forEach(leg -> legEnded(leg, at, cause));
    }

    private void legEnded(String leg, Instant at, HangupCause cause) {
        if (open.remove(leg)) {
            refusal = cause;
            call.emit(new LegEnded(call.id("leg"), at, call.ref(), leg, cause));
            String name = names.remove(leg);
            if (name != null) {
                call.lines().legOver(name);
            }
        }
    }

    private void reset() {
        refusal = null;
        rang = false;
        names.clear();
        open.clear();
        dialled.clear();
        eventsMissed = false;
        talking = null;
        talkingSince = null;
    }

    private String destination(AriEvent event) {
        return nameOf(event.text("dialstring"));
    }

    /** The name of what the dialplan was told to ring, see {@link Endpoints#target}. */
    private String name(String target) {
        if (target.startsWith(Endpoints.USER)) {
            return "sip:" + target.substring(Endpoints.USER.length());
        }
        return nameOf(target.substring(target.indexOf('/') + 1));
    }

    private String nameOf(String dialString) {
        return call.board()
                .trunks()
                .nameOf(dialString)
                .orElseGet(() -> call.board().endpoints().nameOf(dialString));
    }
}
