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
     * Of a number: id of the call-control application that is told of its calls. A number has one connection: this, or the trunk
     * of its settings.
     */
    public static final Option<String> APPLICATION = new Option<>("telnyx.application", String.class);

    /** Of a number: id of the messaging profile that takes its text messages; when changed also empty, for none. */
    public static final Option<String> MESSAGING_PROFILE = new Option<>("telnyx.messaging-profile", String.class);

    /** Of a number: id of the billing group that pays for it. */
    public static final Option<String> BILLING_GROUP = new Option<>("telnyx.billing-group", String.class);

    /** Of an order: id of the approved group of documents, where the law wants some (CH, DK, IT, NO, PT, SE and others). */
    public static final Option<String> REQUIREMENT_GROUP = new Option<>("telnyx.requirement-group", String.class);

    /** Of a number: id of the address, made and checked at Telnyx, that emergency services are told. */
    public static final Option<String> EMERGENCY_ADDRESS = new Option<>("telnyx.emergency-address", String.class);

    /** Of an order: id of the bundle that the number is taken from. */
    public static final Option<String> BUNDLE = new Option<>("telnyx.bundle", String.class);

    /** Of a number: the number in E.164 to which all its calls are forwarded; empty for none. */
    public static final Option<String> FORWARD_TO = new Option<>("telnyx.forward-to", String.class);

    /**
     * Of a number: the name that is shown to those who are called from it; at most 15 letters, digits and blanks; empty for
     * none.
     */
    public static final Option<String> CNAM_LISTING = new Option<>("telnyx.cnam-listing", String.class);

    /** Of a number: whether the names of its callers are looked up. */
    public static final Option<Boolean> CALLER_NAMES = new Option<>("telnyx.caller-names", Boolean.class);

    /** Of a number: what becomes of calls that look like spam: {@code disabled}, {@code flag_calls}, {@code reject_calls}. */
    public static final Option<String> CALL_SCREENING = new Option<>("telnyx.call-screening", String.class);

    /** Of a number: whether each of its inbound calls is recorded, in two channels, whatever its flow says. */
    public static final Option<Boolean> RECORD_INBOUND = new Option<>("telnyx.record-inbound", Boolean.class);

    /** Of a number: how its inbound calls are paid, {@code pay-per-minute} or {@code channel}. */
    public static final Option<String> USAGE_PAYMENT = new Option<>("telnyx.usage-payment", String.class);

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

    /**
     * Of a trunk that one user's devices register at: the absolute http or https URL of our webhooks. Its calls are parked and told
     * there instead of going out, for {@link TelnyxBuilder#diallingConnections}; and calls of this account may ring its devices.
     */
    public static final Option<String> PARKED_CALLS = new Option<>("telnyx.parked-calls", String.class);

    /**
     * Of a message: the name that is shown instead of the number, 1 to 11 letters, digits and blanks; needs {@link
     * TelnyxBuilder#messagingProfile}. Networks of many countries, Canada and the United States among them, do not take names.
     */
    public static final Option<String> SENDER_NAME = new Option<>("telnyx.sender-name", String.class);

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
