package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.CallProgress;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.guard.InboundGuard;
import io.careflow.pstn.guard.InboundLimits;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.tck.InboundStage;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inbound journey over Call Control: two nodes of an application that share a flow store, and a Telnyx that does as it is told. */
final class TelnyxStage implements InboundStage {
    static final ProviderId TELNYX = new ProviderId("telnyx");

    private static final Instant START = Instant.parse("2026-01-05T12:00:00.300Z");
    private static final Duration AFTERWARDS = Duration.ofMinutes(1);
    private static final Duration DOWN = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final InboundPrompts prompts = InboundPrompts.english();
    private final VirtualTime time = VirtualTime.startingAt(START);
    private final SimTelnyx telnyx;
    private FlowStore store = new FlakyStore(0, 0);
    private Runnable listening = () -> {};
    private final List<User> users = new ArrayList<>();
    private final List<Did> dids = new ArrayList<>();
    private final List<PstnEvent> events = new ArrayList<>();
    private final List<Runnable> closing = new ArrayList<>();
    private InboundSettings settings = InboundSettings.defaults();
    private @Nullable Duration restartAfter;
    private boolean down;
    private @Nullable InboundGuard guard;
    private @Nullable SimLeg call;

    TelnyxStage(SimTelnyx.Post post) {
        telnyx = new SimTelnyx(time, post, Long.getLong("telnyx.seed", 7));
    }

    /** The whole application goes down after so much time, and comes up again some seconds later, remembering nothing. */
    TelnyxStage restartingAfter(Duration time) {
        restartAfter = time;
        return this;
    }

    /** One in ten operations of the flow store fails. */
    TelnyxStage withFlakyStore(long seed) {
        store = new FlakyStore(10, seed);
        return this;
    }

    /** The application's listener does this, too. */
    TelnyxStage listening(Runnable more) {
        listening = more;
        return this;
    }

    @Override
    public InboundPrompts prompts() {
        return prompts;
    }

    /** As late as a webhook of each key may be, and some more. */
    @Override
    public Duration tolerance() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void settings(InboundSettings value) {
        settings = value;
    }

    @Override
    public void guardedBy(InboundLimits limits) {
        guard = new InboundGuard(limits, new MemoryGuardStore(Clock.systemUTC()));
    }

    @Override
    public void user(User user) {
        users.add(user);
    }

    @Override
    public void did(Did did) {
        dids.add(did);
    }

    @Override
    public void phone(String sipAddress, SimulatedPhone phone) {
        telnyx.phone(sipAddress, phone);
    }

    @Override
    public void directoryDown() {
        down = true;
    }

    @Override
    public Cdr call(SimulatedCaller caller) {
        InboundDesk open = new InboundDesk(new Lists(), prompts, settings);
        InboundDesk desk = guard == null ? open : open.guardedBy(guard);
        start(desk, 0);
        if (restartAfter != null) {
            VirtualTime.Timer unusedEnd = time.after(restartAfter, this::stop);
            VirtualTime.Timer unusedBegin = time.after(restartAfter.plus(DOWN), () -> start(desk, 2));
        }
        SimLeg calling = telnyx.call(caller);
        call = calling;
        while (!calling.isOver() && time.now().isBefore(START.plus(LONGEST))) {
            time.run(Duration.ofSeconds(1));
        }
        time.run(AFTERWARDS);
        CallProgress progress = new CallProgress(new CallRef(TELNYX, calling.id()));
        events.stream()
                .filter(CallEvent.class::isInstance)
                .map(CallEvent.class::cast)
                .forEach(progress::accept);
        boolean alive = telnyx.legs().stream().anyMatch(leg -> !leg.isOver());
        if (alive || !progress.isComplete() || !telnyx.failures().isEmpty()) {
            throw new AssertionError("the call did not end, or " + telnyx.failures() + ": " + events + "\n"
                    + String.join("\n", telnyx.commands()));
        }
        return progress.toCdr();
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return Optional.ofNullable(call)
                .map(leg -> leg.heard().stream()
                        .flatMap(heard -> parts((Say) heard))
                        .toList());
    }

    /** Says of one language come in one piece: what it was made of. */
    private Stream<Prompt> parts(Say heard) {
        for (Prompt prompt : List.of(
                prompts.welcome(),
                prompts.askId(),
                prompts.unknownId(),
                prompts.goodbye(),
                prompts.busy(),
                prompts.noAnswer(),
                prompts.notReachable(),
                prompts.rejected(),
                prompts.leaveMessage(),
                prompts.messageTaken(),
                prompts.sorry())) {
            String first = ((Say) prompt).text() + " ";
            if (heard.text().startsWith(first)) {
                Say rest = new Say(heard.text().substring(first.length()), heard.language());
                return Stream.concat(Stream.of(new Say(first.strip(), heard.language())), parts(rest));
            }
        }
        return Stream.of(heard);
    }

    List<PstnEvent> events() {
        return events;
    }

    SimTelnyx telnyx() {
        return telnyx;
    }

    @Override
    public void close() {
        stop();
        telnyx.close();
    }

    private void told(PstnEvent event) {
        events.add(event);
        listening.run();
    }

    private void start(InboundDesk desk, int first) {
        telnyx.nodes(List.of(node(desk, first), node(desk, first + 1)));
    }

    private void stop() {
        telnyx.nodes(List.of());
        closing.forEach(Runnable::run);
        closing.clear();
    }

    private Webhooks node(InboundDesk desk, int number) {
        TelnyxClient client = TelnyxProvider.with(SimTelnyx.key(number))
                .baseUrl(telnyx.uri())
                .connection(SimTelnyx.CONNECTION)
                .answeredBy(desk)
                .telling(this::told)
                .keepingFlowsIn(store)
                .limits(Limits.none())
                .clock(time.clock())
                .sleeper(pause -> {})
                .client();
        FlowEngine engine = new FlowEngine(client, FlowDesk.of(client.settings()), new VirtualAlarm(time)).start();
        closing.add(engine::close);
        closing.add(client::close);
        PublicKeys keys = new PublicKeys(List.of(Signing.PUBLIC_KEY));
        return new TelnyxWebhooks(TELNYX, keys, engine.desk().events(), time.clock(), this::told, engine);
    }

    private final class Lists implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            requireUp();
            return dids.stream().filter(did -> did.number().equals(number)).findFirst();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            requireUp();
            return users.stream()
                    .filter(user ->
                            user.tenant().equals(tenant) && user.careFlowId().equals(id))
                    .findFirst();
        }

        private void requireUp() {
            if (down) {
                throw new IllegalStateException("directory is down");
            }
        }
    }
}
