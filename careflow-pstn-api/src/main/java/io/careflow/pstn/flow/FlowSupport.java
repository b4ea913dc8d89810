package io.careflow.pstn.flow;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        missing(flow).ifPresent(name -> {
            throw new UnsupportedFeature(provider, "flow", "step '" + name + "'", supported);
        });
    }

    /** The name of the first step or ending of the flow that is not supported; empty if all are. */
    public Optional<String> missing(CallFlow flow) {
        Stream<String> prompts = flow.ending() instanceof Gather gather
                ? gather.prompts().stream().map(Prompt::name)
                : Stream.empty();
        return Stream.of(
                        flow.steps().stream().map(Step::name),
                        prompts,
                        Stream.of(flow.ending().name()))
                .flatMap(names -> names)
                .filter(name -> !supported.contains(name))
                .findFirst();
    }
}
