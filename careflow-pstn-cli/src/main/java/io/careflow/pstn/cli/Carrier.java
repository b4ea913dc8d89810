package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one kind of provider is made from settings. */
interface Carrier {

    /** What {@code --provider} says. */
    String name();

    /** Everything that can be set. */
    List<SettingKey> settings();

    /**
     * Makes the provider, without I/O.
     *
     * @param settings with everything that is required
     * @param baseUrl where its API is instead of the carrier's own address, or null
     * @throws IllegalArgumentException saying which setting is wrong
     */
    PstnProvider open(Settings settings, @Nullable URI baseUrl);

    /** Why a command cannot place calls there, for people; empty if it can. */
    default Optional<String> whyNoCalls() {
        return Optional.empty();
    }

    /**
     * Why the carrier will not do this, as far as it is known without asking it, for people; empty if it may.
     *
     * @param request such as a {@link io.careflow.pstn.message.MessageRequest}
     */
    default Optional<String> whyNot(Object request, Settings settings) {
        return Optional.empty();
    }

    /** Why nothing can be changed there, for people; empty if it can. */
    default Optional<String> whyNoChanges() {
        return Optional.empty();
    }
}
