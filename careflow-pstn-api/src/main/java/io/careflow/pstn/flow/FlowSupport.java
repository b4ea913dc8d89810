package io.careflow.pstn.flow;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.Set;

/**
 * What a provider can do with flows, by the names of steps and endings.
 *
 * @param supported the names, such as {@code say}, {@code dial}, {@code gather-speech}
 */
public record FlowSupport(Set<String> supported) {
    public FlowSupport {
        supported = Set.copyOf(supported);
    }

    /**
     * Refuses a flow with a step or ending that the provider does not know, before anything of it happens.
     *
     * @throws UnsupportedFeature naming the step and what is supported
     */
    public void require(ProviderId provider, CallFlow flow) {
        flow.steps().forEach(step -> require(provider, step.name()));
        if (flow.ending() instanceof Gather gather) {
            gather.prompts().forEach(prompt -> require(provider, prompt.name()));
        }
        require(provider, flow.ending().name());
    }

    private void require(ProviderId provider, String name) {
        if (!supported.contains(name)) {
            throw new UnsupportedFeature(provider, "flow", "step '" + name + "'", supported);
        }
    }
}
