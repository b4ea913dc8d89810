package io.careflow.pstn.asterisk;

import static org.awaitility.Awaitility.await;

import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.guard.InboundGuard;
import io.careflow.pstn.guard.InboundLimits;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.lab.Leaks;
import io.careflow.pstn.lab.LiveCall;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipMessage;
import io.careflow.pstn.lab.SipPhone;
import io.careflow.pstn.tck.InboundStage;
import io.careflow.pstn.tck.PhoneTimes;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedCaller.Act;
import io.careflow.pstn.tck.SimulatedPhone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The stage with a real Asterisk, real phones and a real caller. */
final class SipStage implements InboundStage {
    private static final Duration BETWEEN_KEYS = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(28);
    private static final double VOICE = 440;

    private final Rig rig;
    private final Scene scene;
    private final Duration tolerance;
    private final Ear ear;
    private final Map<String, PhoneScript> scripts = new LinkedHashMap<>();
    private final Map<String, SipPhone> phones = new HashMap<>();
    private final List<Future<?>> acts = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    SipStage(Rig rig, Leaks before, Duration tolerance) {
        this.rig = rig;
        this.tolerance = tolerance;
        rig.reset();
        rig.users.clear();
        rig.dids.clear();
        scene = new Scene(rig, before);
        ear = scene.keep(Ear.open(rig.server, 0));
    }

    @Override
    public InboundPrompts prompts() {
        return Rig.tones();
    }

    @Override
    public Duration tolerance() {
        return tolerance;
    }

    @Override
    public Optional<PhoneTimes> measured(String sipAddress) {
        return Optional.of(
                Scene.measured(Objects.requireNonNull(phones.get(sipAddress)).awaitEnd(1, LONGEST)));
    }

    @Override
    public void settings(InboundSettings settings) {
        rig.settings = settings;
    }

    @Override
    public void guardedBy(InboundLimits limits) {
        rig.guard = new InboundGuard(limits, new MemoryGuardStore(Clock.systemUTC()));
    }

    @Override
    public void user(User user) {
        rig.user(user);
    }

    @Override
    public void did(Did did) {
        rig.dids.put(did.number(), did);
    }

    @Override
    public void phone(String sipAddress, SimulatedPhone phone) {
        script(phone).ifPresent(script -> scripts.put(sipAddress, script));
    }

    @Override
    public void directoryDown() {
        rig.directoryDown = true;
    }

    @Override
    public Cdr call(SimulatedCaller caller) {
        scripts.forEach((address, script) ->
                phones.put(address, scene.keep(SipPhone.register(rig.server, address.replace("sip:", ""), script))));
        rig.start();
        SipCaller description = SipCaller.on(rig.server)
                .from(caller.from())
                .to(caller.to())
                .betweenDigits(BETWEEN_KEYS)
                .limit(LONGEST)
                .media(ear.probe);
        List<Timed> later = new ArrayList<>();
        describe(caller, description, later);
        LiveCall call = scene.keep(description.dial());
        for (Timed act : later) {
            Instant base = base(call, act.keysBefore());
            Duration wait = Duration.between(Instant.now(), base.plus(act.after()));
            acts.add(timer.schedule(() -> act.what().accept(call), wait.toMillis(), TimeUnit.MILLISECONDS));
        }
        return rig.cdr(LONGEST);
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return Optional.of(ear.prompts().stream().map(Rig::tone).toList());
    }

    @Override
    public void close() {
        acts.forEach(act -> act.cancel(false));
        timer.shutdownNow();
        scene.close();
    }

    /** The keys are pressed by the caller's own script, which may be late: what comes after a key is counted from there. */
    private static Instant base(LiveCall call, int keysBefore) {
        await().atMost(LONGEST).until(() -> moments(call).size() > keysBefore);
        return moments(call).get(keysBefore);
    }

    /** When the call began, and when each of its keys was pressed. */
    private static List<Instant> moments(LiveCall call) {
        return call.soFar().messages().stream()
                .filter(message -> message.sent() && (message.isRequest("INVITE") || message.isRequest("INFO")))
                .map(SipMessage::at)
                .toList();
    }

    private void describe(SimulatedCaller caller, SipCaller description, List<Timed> later) {
        int keys = 0;
        Duration elapsed = Duration.ZERO;
        for (Act act : caller.acts()) {
            if (act instanceof Act.Waits waits) {
                elapsed = elapsed.plus(waits.length());
            } else if (act instanceof Act.Types types) {
                description.press(elapsed, types.keys());
                keys += types.keys().length();
                elapsed = Duration.ZERO;
            } else if (act instanceof Act.Speaks speaks) {
                later.add(new Timed(keys, elapsed, call -> ear.probe.say(VOICE)));
                elapsed = elapsed.plus(speaks.length());
            } else if (act instanceof Act.HangsUp) {
                later.add(new Timed(keys, elapsed, LiveCall::hangUp));
            } else {
                throw new UnsupportedOperationException(act.toString());
            }
        }
    }

    /** Empty for a phone that is not there. */
    private static Optional<PhoneScript> script(SimulatedPhone phone) {
        PhoneScript script = switch (phone.reaction()) {
            case ANSWERS -> PhoneScript.answer(phone.after());
            case DECLINES -> PhoneScript.decline(phone.after());
            case RINGS -> PhoneScript.ring();
            case FAILS -> PhoneScript.busy(Duration.ZERO).silent();
        };
        if (phone.cause().q850() == 20) {
            return Optional.empty();
        }
        Duration talk = phone.hangsUpAfter();
        return Optional.of(talk == null ? script : script.hangUpAfter(talk));
    }

    private record Timed(int keysBefore, Duration after, Consumer<LiveCall> what) {}
}
