package io.careflow.pstn.telnyx;

import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings that only Telnyx has. */
public final class TelnyxOptions {
    /**
     * Of a trunk: the site that handles its media, in Telnyx's words: {@code Latency}, which is the default and means the
     * nearest, or a place such as {@code Frankfurt, Germany}.
     */
    public static final Option<String> ANCHORSITE = new Option<>("telnyx.anchorsite", String.class);

    /**
     * Of a trunk: codecs of the calls that come over it, the best first, parted by commas, in Telnyx's words for trunks:
     * {@code G722}, {@code G711U}, {@code G711A}, {@code G729}, {@code OPUS}, {@code H.264}. Calls of flows have other words.
     */
    public static final Option<String> CODECS = new Option<>("telnyx.codecs", String.class);

    /**
     * Of a trunk with servers of ours: where its calls come from, in Telnyx's words: {@code US}, which is the default, {@code
     * Europe} or {@code Australia}.
     */
    public static final Option<String> SIP_REGION = new Option<>("telnyx.sip-region", String.class);

    private TelnyxOptions() {}

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
