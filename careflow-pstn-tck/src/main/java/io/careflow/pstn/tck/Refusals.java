package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.careflow.pstn.Option;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;

/** What a provider with a capability refuses before any I/O. */
final class Refusals {
    /** An option that no provider honours. */
    static final Option<String> NOBODYS = new Option<>("conformance.nobodys", String.class);

    private Refusals() {}

    /** The work is refused with UnsupportedFeature that names the feature, and nothing is sent. */
    static void check(Trial trial, Operation operation, String feature, Runnable work) {
        trial.arrange(operation, Situation.SUCCESS);
        Throwable thrown = catchThrowable(work::run);
        assertThat(thrown).isInstanceOf(UnsupportedFeature.class).hasMessageContaining(feature);
        assertThat(((UnsupportedFeature) thrown).effect()).isEqualTo(Effect.NONE);
        assertThat(((UnsupportedFeature) thrown).provider())
                .isEqualTo(trial.provider().id());
        assertThat(trial.wire().sent()).as("requests").isEmpty();
    }
}
