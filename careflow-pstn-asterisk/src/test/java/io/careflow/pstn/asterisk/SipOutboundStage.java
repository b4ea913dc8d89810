package io.careflow.pstn.asterisk;

import static io.careflow.pstn.asterisk.TrunkProfiles.OURS;
import static io.careflow.pstn.asterisk.TrunkProfiles.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.desk.OutboundPrompts;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.lab.Cable;
import io.careflow.pstn.lab.Carrier;
import io.careflow.pstn.lab.Leaks;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipPhone;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.siptrunk.MemoryChannelLeases;
import io.careflow.pstn.siptrunk.NumberFormat;
import io.careflow.pstn.tck.OutboundStage;
import io.careflow.pstn.tck.PhoneTimes;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.trunk.TrunkRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stage of callbacks with a real Asterisk, real phones and a carrier behind two trunks. */
final class SipOutboundStage implements OutboundStage {
    private static final ProviderId PROVIDER = new ProviderId("asterisk");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final OutboundPrompts SPOKEN = OutboundPrompts.english();
    private static final List<Prompt> PROMPTS = List.of(
            SPOKEN.busy(),
            SPOKEN.noAnswer(),
            SPOKEN.rejected(),
            SPOKEN.invalid(),
            SPOKEN.unreachable(),
            SPOKEN.warning(),
            SPOKEN.denied(),
            SPOKEN.noCredit(),
            SPOKEN.sorry());
    private static final List<String> TONES = List.copyOf(Rig.prompts().keySet());

    private final Rig rig;
    private final Scene scene;
    private final Duration tolerance;
    private final Cable cable;
    private final Ear ear;
    private final Map<String, Integer> disturbed = new LinkedHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable AsteriskProvider provider;
    private @Nullable Carrier carrier;

    SipOutboundStage(Rig rig, Leaks before, Duration tolerance) {
        this.rig = rig;
        this.tolerance = tolerance;
        rig.reset();
        scene = new Scene(rig, before);
        cable = scene.keep(cableTo(rig.server.ariUri()));
        rig.through = cable.through(rig.server.ariUri());
        ear = scene.keep(Ear.open(rig.server, 0));
        scene.expectError("not active");
        scene.expectError("Could not create dialog");
        scene.expectError("Failed to create outgoing session");
    }

    @Override
    public Duration tolerance() {
        return tolerance;
    }

    @Override
    public Optional<PhoneTimes> measuredOutside() {
        Carrier reached = Objects.requireNonNull(carrier);
        return Optional.of(Scene.measured(reached.awaitEnd(reached.calls().size(), PATIENCE)));
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Pstn start(FlowHandler handler, Consumer<CallEvent> events) {
        begin(handler, events);
        // Some stories give the same command as another, which Asterisk knows as the same call.
        rig.recorded.clear();
        return Pstn.of(new PstnProvider() {
            @Override
            public ProviderId id() {
                return PROVIDER;
            }

            @Override
            public <T extends Capability> Optional<T> find(Class<T> capability) {
                return Objects.requireNonNull(provider).find(capability);
            }

            @Override
            public void close() {
                // The rig closes what it started.
            }
        });
    }

    @Override
    public void restart(FlowHandler handler, Consumer<CallEvent> events) {
        rig.die();
        begin(handler, events);
    }

    private void begin(FlowHandler handler, Consumer<CallEvent> events) {
        rig.extras = builder -> builder.speech(new Tones())
                .trunks(
                        new MemoryChannelLeases(Clock.systemUTC()),
                        trunk("carrier", 10, NumberFormat.E164_PLUS),
                        trunk("backup", 10, NumberFormat.NANP_10));
        provider = rig.start(handler, events);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                route("first", "carrier").withPriority(1),
                route("second", "backup").withPriority(2));
    }

    private static Route route(String id, String trunk) {
        return Route.of(id, PROVIDER, CallerIdRule.ours())
                .over(new TrunkRef(PROVIDER, trunk))
                .pricedAs(id);
    }

    @Override
    public PhoneNumber callerId() {
        return OURS;
    }

    @Override
    public void phone(String sipAddress, SimulatedPhone phone) {
        String user = sipAddress.replace("sip:", "");
        scene.keep(
                user.equals("1001")
                        ? SipPhone.register(rig.server, user, script(phone), ear.probe)
                        : SipPhone.register(rig.server, user, script(phone)));
    }

    @Override
    public void outside(PhoneNumber number, SimulatedPhone phone) {
        PhoneScript works = script(phone);
        if (disturbed.isEmpty()) {
            carrier = scene.keep(Carrier.start(rig.server, works));
            return;
        }
        int status = List.copyOf(disturbed.values()).get(0);
        if (disturbed.size() > 1 || status >= 600) {
            carrier = scene.keep(Carrier.start(
                    rig.server, PhoneScript.refuse(status, Duration.ZERO).silent()));
            return;
        }
        // The first trunk refuses, which is the first call; the second carries the next one.
        PhoneScript steered = new PhoneScript(false, false, null, status, works.talk());
        Carrier both = scene.keep(Carrier.start(rig.server, steered));
        carrier = both;
        timer.execute(() -> {
            both.awaitCall(1, PATIENCE);
            both.refuse();
            both.awaitCall(2, PATIENCE);
            ScheduledFuture<?> unused = timer.schedule(
                    both::answer, Objects.requireNonNull(works.after()).toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public boolean disturb(Route route, SimulatedPhone outcome) {
        // Of Asterisk's causes, 38 is what it makes of a 500; of a 503 it makes another one.
        disturbed.put(route.id(), outcome.cause().q850() == 38 ? 500 : status(outcome.cause()));
        return true;
    }

    /**
     * Asterisk is asked for the call at once, which would leave no doubt: so these questions are lost as well, until somebody waits for what
     * becomes of the call. Events go on.
     */
    @Override
    public boolean loseNextAnswer() {
        cable.loseAnswerTo("POST /ari/channels/[^/ ]+ HTTP");
        return true;
    }

    @Override
    public boolean dials(String sipAddress, String dialled, Duration hangsUpAfterTalking) {
        scene.keep(SipCaller.on(rig.server)
                .asUser(sipAddress.replace("sip:", ""))
                .to(dialled)
                .hangUpAfter(hangsUpAfterTalking)
                .dial());
        return true;
    }

    @Override
    public void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    @Override
    public void until(BooleanSupplier done) {
        cable.plug();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(done.getAsBoolean())
                        .as("events were " + rig.events)
                        .isTrue());
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return Optional.of(ear.prompts().stream()
                .map(TONES::indexOf)
                .filter(tone -> tone < PROMPTS.size())
                .map(PROMPTS::get)
                .toList());
    }

    @Override
    public Set<Lack> lacks() {
        return Set.of(Lack.MACHINES);
    }

    @Override
    public Optional<Integer> placed() {
        return Optional.of(
                (int) rig.events.stream().filter(OutboundCall.class::isInstance).count());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        scene.close();
    }

    private static PhoneScript script(SimulatedPhone phone) {
        PhoneScript script = switch (phone.reaction()) {
            case ANSWERS -> PhoneScript.answer(phone.after());
            case DECLINES -> PhoneScript.decline(phone.after());
            case RINGS -> PhoneScript.ring();
            case FAILS ->
                PhoneScript.refuse(status(phone.cause()), Duration.ZERO).silent();
        };
        Duration talk = phone.hangsUpAfter();
        return talk == null ? script : script.hangUpAfter(talk);
    }

    private static Cable cableTo(URI server) {
        try {
            return Cable.to(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(HangupCause cause) {
        Integer sip = cause.sipStatus();
        return sip == null ? 486 : sip;
    }

    /** Speaks each prompt as a tone of its own. */
    private static final class Tones implements SpeechSynthesizer {
        private static final int MILLIS = 700;
        private static final int RATE = 8;

        @Override
        public String name() {
            return "tones";
        }

        @Override
        public void synthesize(String text, Locale locale, Optional<String> voice, Path target) {
            int number = new ArrayList<>(PROMPTS)
                    .stream()
                            .map(prompt -> prompt instanceof Say say ? say.text() : "")
                            .toList()
                            .indexOf(text);
            double hertz =
                    number < 0 ? 3000 : Objects.requireNonNull(Rig.prompts().get(TONES.get(number)));
            short[] samples = new short[MILLIS * RATE];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / (RATE * 1000)));
            }
            try {
                PhoneWav.write(samples, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
