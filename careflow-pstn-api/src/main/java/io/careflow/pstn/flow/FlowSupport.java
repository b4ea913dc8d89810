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

    /** The name of the first step or ending of the flow, or part of one, that is not supported; empty if all are. */
    public Optional<String> missing(CallFlow flow) {
        return Stream.of(
                        flow.steps().stream().flatMap(FlowSupport::names),
                        prompts(flow.ending()),
                        Stream.of(flow.ending().name()),
                        parts(flow.ending()))
                .flatMap(names -> names)
                .filter(name -> !supported.contains(name))
                .findFirst();
    }

    private static Stream<String> names(Step step) {
        return step instanceof Notice notice
                ? Stream.of(notice.name(), notice.prompt().name())
                : Stream.of(step.name());
    }

    private static Stream<String> prompts(Ending ending) {
        if (ending instanceof Gather gather) {
            return gather.prompts().stream().map(Prompt::name);
        }
        if (!(ending instanceof Dial dial)) {
            return Stream.empty();
        }
        DialWarning warning = dial.warning();
        Notice notice = dial.notice();
        return Stream.concat(
                warning == null ? Stream.empty() : Stream.of(warning.prompt().name()),
                notice == null ? Stream.empty() : names(notice));
    }

    private static Stream<String> parts(Ending ending) {
        if (ending instanceof Conference conference && conference.host()) {
            return Stream.of(Conference.HOST);
        }
        if (!(ending instanceof Dial dial)) {
            return Stream.empty();
        }
        Stream.Builder<String> parts = Stream.builder();
        if (!dial.over().isEmpty()) {
            parts.add(Dial.OVER);
        }
        if (dial.label() != null) {
            parts.add(Dial.LABEL);
        }
        if (dial.warning() != null) {
            parts.add(Dial.WARNING);
        }
        if (dial.notice() != null) {
            parts.add(Dial.NOTICE);
        }
        return parts.build();
    }
}
