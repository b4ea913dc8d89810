package io.careflow.pstn.call.control;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A call to be placed. A value; derive variants with the {@code with}-like methods.
 *
 * @param commandId the caller's key of this one call: the same key never places a second call
 * @param tenant on whose behalf
 * @param to whom to call
 * @param callerId the number shown to them; must be owned or verified
 * @param onAnswer what happens once they answer
 * @param ringFor how long it rings: 1 second to 10 minutes
 * @param longest how long the call may last once it is answered, 1 second to 24 hours; null for the provider's own limit
 * @param detectMachine whether the provider shall tell a person from an answering machine ({@link
 *     io.careflow.pstn.event.MachineDetected}); refused where it cannot
 * @param over ids of the trunks over which a telephone number is called, best first: the next is tried only where the one before
 *     certainly did nothing for the call, as with {@link io.careflow.pstn.flow.Dial#over}; empty: the provider's own way. Refused where
 *     the provider has no trunks of ours, or not all of these
 * @param options settings that only one vendor has, by its typed keys
 */
public record CallRequest(
        CommandId commandId,
        TenantId tenant,
        Destination to,
        PhoneNumber callerId,
        CallFlow onAnswer,
        Duration ringFor,
        @Nullable Duration longest,
        boolean detectMachine,
        List<String> over,
        Map<Option<?>, Object> options) {

    public CallRequest {
        Objects.requireNonNull(commandId, "commandId");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(callerId, "callerId");
        Objects.requireNonNull(onAnswer, "onAnswer");
        if (ringFor.compareTo(Duration.ofSeconds(1)) < 0 || ringFor.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("ring time is " + ringFor + "; allowed are PT1S to PT10M");
        }
        if (longest != null
                && (longest.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(Duration.ofHours(24)) > 0)) {
            throw new IllegalArgumentException("longest call is " + longest + "; allowed are PT1S to PT24H");
        }
        over = List.copyOf(new LinkedHashSet<>(over));
        options = Map.copyOf(options);
    }

    /** A call that rings for 30 seconds, for the default tenant. */
    public static CallRequest of(CommandId commandId, PhoneNumber callerId, Destination to, CallFlow onAnswer) {
        return new CallRequest(
                commandId,
                TenantId.DEFAULT,
                to,
                callerId,
                onAnswer,
                Duration.ofSeconds(30),
                null,
                false,
                List.of(),
                Map.of());
    }

    /** The same on behalf of this tenant. */
    public CallRequest forTenant(TenantId value) {
        return new CallRequest(
                commandId, value, to, callerId, onAnswer, ringFor, longest, detectMachine, over, options);
    }

    /** The same, ringing for this long. */
    public CallRequest ringingFor(Duration value) {
        return new CallRequest(commandId, tenant, to, callerId, onAnswer, value, longest, detectMachine, over, options);
    }

    /** The same, cut this long after the answer. */
    public CallRequest lastingAtMost(Duration value) {
        return new CallRequest(commandId, tenant, to, callerId, onAnswer, ringFor, value, detectMachine, over, options);
    }

    /** The same, telling a person from an answering machine. */
    public CallRequest detectingMachines() {
        return new CallRequest(commandId, tenant, to, callerId, onAnswer, ringFor, longest, true, over, options);
    }

    /** The same, over these trunks, best first. Only with providers that have {@link Feature#OVER}. */
    public CallRequest over(List<String> trunks) {
        return new CallRequest(
                commandId, tenant, to, callerId, onAnswer, ringFor, longest, detectMachine, trunks, options);
    }

    /** The same, recorded from the answer on: its flow begins with {@link StartRecording}, once. */
    public CallRequest recorded() {
        if (!onAnswer.steps().isEmpty() && onAnswer.steps().get(0) instanceof StartRecording) {
            return this;
        }
        List<Step> steps = new ArrayList<>(onAnswer.steps());
        steps.add(0, new StartRecording());
        CallFlow flow = new CallFlow(steps, onAnswer.ending(), onAnswer.note());
        return new CallRequest(commandId, tenant, to, callerId, flow, ringFor, longest, detectMachine, over, options);
    }

    /** The same with a vendor's setting. */
    public <T> CallRequest with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new LinkedHashMap<>(options);
        more.put(option, option.type().cast(value));
        return new CallRequest(commandId, tenant, to, callerId, onAnswer, ringFor, longest, detectMachine, over, more);
    }

    /**
     * Refuses what a provider cannot honour. For adapters, before any I/O.
     *
     * @param features what it can do besides ringing somebody
     * @param known the options that it honours
     * @throws UnsupportedFeature naming what cannot be honoured, and what can
     */
    public void requireOnly(ProviderId provider, Set<Feature> features, Set<Option<?>> known) {
        if (longest != null && !features.contains(Feature.LONGEST)) {
            throw unsupported(provider, Feature.LONGEST.label, features, known);
        }
        if (detectMachine && !features.contains(Feature.MACHINE_DETECTION)) {
            throw unsupported(provider, Feature.MACHINE_DETECTION.label, features, known);
        }
        if (!over.isEmpty() && !features.contains(Feature.OVER)) {
            throw unsupported(provider, Feature.OVER.label, features, known);
        }
        for (Option<?> option : options.keySet()) {
            if (!known.contains(option)) {
                throw unsupported(provider, "option '" + option.name() + "'", features, known);
            }
        }
    }

    private static UnsupportedFeature unsupported(
            ProviderId provider, String what, Set<Feature> features, Set<Option<?>> known) {
        Set<String> supported = new TreeSet<>();
        features.forEach(feature -> supported.add(feature.label));
        known.forEach(option -> supported.add("option '" + option.name() + "'"));
        return new UnsupportedFeature(provider, "call.place", what, supported);
    }

    /** What a request may ask for that not every provider can do. */
    public enum Feature {
        /** A limit of the call's length. */
        LONGEST("a longest call"),
        /** Telling a person from an answering machine. */
        MACHINE_DETECTION("detecting machines"),
        /** Calling over trunks that the request names. */
        OVER("trunks to call over");

        private final String label;

        Feature(String label) {
            this.label = label;
        }
    }
}
