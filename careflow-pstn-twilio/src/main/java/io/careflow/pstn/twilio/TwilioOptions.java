package io.careflow.pstn.twilio;

import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
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

    /** Of a call: why we call, shown on the phone of a branded call; 1 to 50 characters. */
    public static final Option<String> CALL_REASON = new Option<>("twilio.call-reason", String.class);

    /** Of a call to a SIP address: the user that answers its challenge; together with {@link #SIP_PASSWORD}. */
    public static final Option<String> SIP_USERNAME = new Option<>("twilio.sip-username", String.class);

    /** Of a call to a SIP address: the password of {@link #SIP_USERNAME}. */
    public static final Option<Secret> SIP_PASSWORD = new Option<>("twilio.sip-password", Secret.class);

    /** Of a call to a number: the SID, {@code BY...}, of a trunk of one's own carrier over which the call goes. */
    public static final Option<String> BYOC_TRUNK_SID = new Option<>("twilio.byoc-trunk-sid", String.class);

    /** Of a call: the {@code CallToken} of an inbound call whose caller ID is to be shown again. */
    public static final Option<String> CALL_TOKEN = new Option<>("twilio.call-token", String.class);

    /** Of a call: digits sent as soon as they answer, such as an extension; 1 to 32 of 0-9, A-D, *, #, w and W (pauses). */
    public static final Option<String> DIGITS_ON_ANSWER = new Option<>("twilio.digits-on-answer", String.class);

    /** Of a call that is recorded: 2 to keep both sides apart, which is the default, or 1 for both in one channel. */
    public static final Option<Integer> RECORDING_CHANNELS = new Option<>("twilio.recording-channels", Integer.class);

    /** Of a call that detects machines: whether to wait for the end of a machine's greeting before telling. */
    public static final Option<Boolean> AWAIT_GREETING_END = new Option<>("twilio.await-greeting-end", Boolean.class);

    /** Of a message: the SID, {@code MG...}, of the messaging service that chooses the sender instead of the request. */
    public static final Option<String> MESSAGING_SERVICE_SID =
            new Option<>("twilio.messaging-service-sid", String.class);

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
