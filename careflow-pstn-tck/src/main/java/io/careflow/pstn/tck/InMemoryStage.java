package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.guard.InboundGuard;
import io.careflow.pstn.guard.InboundLimits;
import io.careflow.pstn.guard.MemoryGuardStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inbound journey in memory and in virtual time. Not thread-safe. */
public final class InMemoryStage implements InboundStage {
    private final InboundPrompts prompts = InboundPrompts.english();
    private final List<User> users = new ArrayList<>();
    private final List<Did> dids = new ArrayList<>();
    private final Map<String, SimulatedPhone> phones = new HashMap<>();
    private InboundSettings settings = InboundSettings.defaults();
    private boolean down;
    private @Nullable InboundGuard guard;
    private @Nullable SimulatedCall call;

    /** An empty stage. */
    public InMemoryStage() {}

    @Override
    public InboundPrompts prompts() {
        return prompts;
    }

    @Override
    public Duration tolerance() {
        return Duration.ZERO;
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
        InboundDesk desk = new InboundDesk(new Lists(), prompts, settings);
        InMemoryProvider pbx = InMemoryProvider.answeredBy(guard == null ? desk : desk.guardedBy(guard))
                .start();
        phones.forEach(pbx::phone);
        SimulatedCall calling = pbx.call(caller);
        call = calling;
        pbx.time().runUntilIdle();
        return calling.cdr().orElseThrow(() -> new AssertionError("the call did not end: " + calling.events()));
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return Optional.ofNullable(call).map(SimulatedCall::prompts);
    }

    @Override
    public void close() {}

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
