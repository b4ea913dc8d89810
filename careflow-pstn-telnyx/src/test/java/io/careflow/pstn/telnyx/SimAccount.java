package io.careflow.pstn.telnyx;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.MemoryFlowStore;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An account of the simulated Telnyx and the application that uses it: its flows outlive it, everything else begins anew. */
final class SimAccount implements PstnProvider {
    private final ProviderId id;
    private final VirtualTime time;
    private final SimTelnyx telnyx;
    private final FlowStore store = new MemoryFlowStore();
    private final List<Runnable> closing = new ArrayList<>();
    private Map<Class<? extends Capability>, Capability> parts = Map.of();
    private int nodes;

    SimAccount(String id, VirtualTime time) {
        this.id = new ProviderId(id);
        this.time = time;
        this.telnyx = new SimTelnyx(time, SimTelnyx.Post.IN_ORDER, 7);
    }

    /** An application with this handler begins, or takes the place of another one. */
    void answeredBy(FlowHandler handler, Consumer<CallEvent> events) {
        stop();
        TelnyxClient client = TelnyxProvider.with(SimTelnyx.key(nodes++))
                .id(id.value())
                .baseUrl(telnyx.uri())
                .connection(SimTelnyx.CONNECTION)
                .diallingConnections(telnyx::user)
                .answeredBy(handler)
                .telling(event -> {
                    if (event instanceof CallEvent of) {
                        events.accept(of);
                    }
                })
                .keepingFlowsIn(store)
                .limits(Limits.none())
                .clock(time.clock())
                .sleeper(pause -> {})
                .client();
        FlowEngine engine = new FlowEngine(client, FlowDesk.of(client.settings()), new VirtualAlarm(time)).start();
        closing.add(engine::close);
        closing.add(client::close);
        TelnyxWebhooks webhooks = new TelnyxWebhooks(
                id,
                new PublicKeys(List.of(Signing.PUBLIC_KEY)),
                engine.desk().events(),
                time.clock(),
                client.settings().telling(),
                engine);
        TelnyxCallControl calls = new TelnyxCallControl(engine);
        parts = Map.of(
                CallControl.class,
                calls,
                Conferences.class,
                new TelnyxConferences(client, calls),
                Webhooks.class,
                webhooks);
        telnyx.nodes(List.of(webhooks));
    }

    SimTelnyx telnyx() {
        return telnyx;
    }

    @Override
    public ProviderId id() {
        return id;
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return Optional.ofNullable(parts.get(capability)).map(capability::cast);
    }

    private void stop() {
        telnyx.nodes(List.of());
        closing.forEach(Runnable::run);
        closing.clear();
    }

    @Override
    public void close() {
        stop();
        telnyx.close();
        if (!telnyx.failures().isEmpty()) {
            throw new AssertionError("webhooks were answered wrongly: " + telnyx.failures());
        }
    }
}
