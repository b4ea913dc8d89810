package io.careflow.pstn.twilio;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
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
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.guard.InboundGuard;
import io.careflow.pstn.guard.InboundLimits;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.tck.InboundStage;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inbound journey over TwiML: our webhooks, and a Twilio that runs what they answer. */
final class TwilioStage implements InboundStage {
    static final ProviderId TWILIO = new ProviderId("twilio");

    private final InboundPrompts prompts = InboundPrompts.english();
    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00.300Z"));
    private final List<User> users = new ArrayList<>();
    private final List<Did> dids = new ArrayList<>();
    private final Map<String, SimulatedPhone> phones = new HashMap<>();
    private final List<PstnEvent> events = new ArrayList<>();
    private final SimTwilio.Post post;
    private InboundSettings settings = InboundSettings.defaults();
    private boolean down;
    private @Nullable InboundGuard guard;
    private @Nullable SimCall call;

    TwilioStage(SimTwilio.Post post) {
        this.post = post;
    }

    @Override
    public InboundPrompts prompts() {
        return prompts;
    }

    /** Twilio tells times in whole seconds, and rings for 5 at least where the stories say 4. */
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
        phones.put(sipAddress, phone);
    }

    @Override
    public void directoryDown() {
        down = true;
    }

    @Override
    public Cdr call(SimulatedCaller caller) {
        InboundDesk open = new InboundDesk(new Lists(), prompts, settings);
        InboundDesk desk = guard == null ? open : open.guardedBy(guard);
        List<TwilioWebhooks> nodes =
                post == SimTwilio.Post.IN_ORDER ? List.of(node(desk)) : List.of(node(desk), node(desk));
        SimTwilio twilio = new SimTwilio(time, nodes, post);
        phones.forEach(twilio::phone);
        SimCall calling = twilio.call(caller);
        call = calling;
        time.runUntilIdle();
        CallProgress progress = new CallProgress(new CallRef(TWILIO, calling.sid()));
        events.stream()
                .filter(CallEvent.class::isInstance)
                .map(CallEvent.class::cast)
                .forEach(progress::accept);
        if (!calling.isOver() || !progress.isComplete()) {
            throw new AssertionError("the call did not end: " + events);
        }
        return progress.toCdr();
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return Optional.ofNullable(call).map(SimCall::heard);
    }

    List<PstnEvent> events() {
        return events;
    }

    @Override
    public void close() {}

    private TwilioWebhooks node(InboundDesk desk) {
        MemoSeal seal = new MemoSeal(Secret.of("continuation key"));
        TwimlRenderer renderer = new TwimlRenderer(
                new FlowSettings(TWILIO, new WebhookUrls(URI.create(SimTwilio.BASE)), SimTwilio.SIP_DOMAIN, Map.of()),
                seal);
        WebhookSettings webhooks = new WebhookSettings(
                TWILIO,
                List.of(Secret.of(SimTwilio.TOKEN)),
                null,
                desk,
                events::add,
                CallFlow.start().say("We are sorry.", Locale.ENGLISH).hangUp(),
                OwnPhones.none(),
                time.clock());
        return new TwilioWebhooks(webhooks, seal, renderer, new EndedCalls());
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
