package io.careflow.pstn.twilio;

import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings that only Twilio has. */
public final class TwilioOptions {
    /** Of a number: SID of the owner's address ({@code AD...}), where the law wants one. */
    public static final Option<String> ADDRESS = new Option<>("twilio.address", String.class);

    /** Of a number: SID of the approved regulatory bundle ({@code BU...}), where the law wants one. */
    public static final Option<String> BUNDLE = new Option<>("twilio.bundle", String.class);

    /** Of a number: SID of the identity document ({@code RI...}), where the law wants one. */
    public static final Option<String> IDENTITY = new Option<>("twilio.identity", String.class);

    /** Of a number: SID of the address that emergency services are told ({@code AD...}). */
    public static final Option<String> EMERGENCY_ADDRESS = new Option<>("twilio.emergency-address", String.class);

    /** Of a number: the URL for text messages if the first one fails. */
    public static final Option<URI> MESSAGE_FALLBACK_URL = new Option<>("twilio.message-fallback-url", URI.class);

    /**
     * Of a trunk: what Twilio records, in its words: {@code do-not-record}, {@code record-from-ringing},
     * {@code record-from-answer}, {@code record-from-ringing-dual}, {@code record-from-answer-dual}.
     */
    public static final Option<String> TRUNK_RECORDING = new Option<>("twilio.trunk-recording", String.class);

    /** Of a trunk: the URL that is asked where to send calls while none of our servers answers. */
    public static final Option<URI> DISASTER_RECOVERY_URL = new Option<>("twilio.disaster-recovery-url", URI.class);

    private TwilioOptions() {}

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
