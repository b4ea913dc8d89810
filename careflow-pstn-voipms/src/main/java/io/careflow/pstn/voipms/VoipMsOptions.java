package io.careflow.pstn.voipms;

import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings that only VoIP.ms has. */
public final class VoipMsOptions {
    /** Of a message: what becomes of it if it is longer than VoIP.ms takes; {@link VoipMsBuilder#longTexts} unless given. */
    public static final Option<LongText> LONG_TEXT = new Option<>("voipms.long-text", LongText.class);

    private VoipMsOptions() {}

    /** Refuses options that are not supported, before anything is sent. */
    static void requireKnown(
            ProviderId provider, String operation, Map<Option<?>, Object> given, Set<Option<?>> supported) {
        for (Option<?> option : given.keySet()) {
            if (!supported.contains(option)) {
                throw new UnsupportedFeature(
                        provider,
                        operation,
                        "option " + option.name(),
                        supported.stream().map(Option::name).toList());
            }
        }
    }

    static <T> @Nullable T value(Map<Option<?>, Object> given, Option<T> option) {
        Object value = given.get(option);
        return value == null ? null : option.type().cast(value);
    }
}
