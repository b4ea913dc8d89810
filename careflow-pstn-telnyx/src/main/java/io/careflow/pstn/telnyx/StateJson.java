package io.careflow.pstn.telnyx;

import io.careflow.pstn.flow.machine.Position;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import java.nio.charset.StandardCharsets;

/** Writes and reads the state of calls as it is kept. Fields that an older or newer version knows do no harm. Thread-safe. */
final class StateJson {
    private final Json json = new Json();
    private final FlowJson flows = new FlowJson();
    private final FactJson facts = new FactJson(flows);

    String write(FlowState state) {
        return new String(json.write(json.tree(state)), StandardCharsets.UTF_8);
    }

    /**
     * Reads what was written.
     *
     * @throws IllegalStateException if it was not written by this adapter
     */
    FlowState read(String text) {
        try {
            return json.read(text.getBytes(StandardCharsets.UTF_8), FlowState.class);
        } catch (MalformedJson e) {
            throw new IllegalStateException("what the flow store keeps is no state of a call", e);
        }
    }

    FactJson facts() {
        return facts;
    }

    FlowJson flows() {
        return flows;
    }

    Position position(FlowState state) {
        return new Position(
                Position.Phase.valueOf(state.phase),
                state.number,
                state.answered,
                state.flow == null || state.flow.isNull() ? null : flows.read(state.flow),
                state.step);
    }

    void keep(FlowState state, Position position) {
        state.phase = position.phase().name();
        state.number = position.number();
        state.answered = position.answered();
        state.flow = position.flow() == null ? null : flows.write(position.flow());
        state.step = position.step();
    }
}
