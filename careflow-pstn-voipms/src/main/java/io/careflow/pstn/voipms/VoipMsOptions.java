package io.careflow.pstn.voipms;

import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings that only VoIP.ms has. */
public final class VoipMsOptions {
    /**
     * Of a number: where its calls go, in VoIP.ms's words: {@code account:100001_clinic}, {@code fwd:<id>}, {@code vm:<mailbox>},
     * {@code sip:<id>}, {@code ivr:<id>}, {@code sys:busy}, {@code none:} and so on. A number has this, or the trunk of its
     * settings. A number that is ordered with neither tells its callers that it is not in service.
     */
    public static final Option<String> ROUTING = new Option<>("voipms.routing", String.class);

    /**
     * Of a number: name of the server that takes its calls, such as {@code toronto1.voip.ms}. It must be the one at which the
     * PBX is registered, or calls do not arrive. When a number is ordered, {@link VoipMsBuilder#server} unless given.
     */
    public static final Option<String> SERVER = new Option<>("voipms.server", String.class);

    /** Of a number: how it is paid, {@code per-minute} or {@code flat}; per minute when it is ordered, unless given. */
    public static final Option<String> BILLING = new Option<>("voipms.billing", String.class);

    /** Of a number: how long its calls ring, in seconds, 5 to 180; 60 when it is ordered, unless given. */
    public static final Option<Integer> RING_SECONDS = new Option<>("voipms.ring-seconds", Integer.class);

    /** Of a number: whether the names of its callers are looked up, which costs; not when it is ordered, unless given. */
    public static final Option<Boolean> CALLER_NAMES = new Option<>("voipms.caller-names", Boolean.class);

    /** Of a number: where its calls go while busy, in the words of {@link #ROUTING}. */
    public static final Option<String> WHEN_BUSY = new Option<>("voipms.when-busy", String.class);

    /** Of a number: where its calls go while nobody is registered, in the words of {@link #ROUTING}. */
    public static final Option<String> WHEN_UNREACHABLE = new Option<>("voipms.when-unreachable", String.class);

    /** Of a number: where its calls go that nobody answers, in the words of {@link #ROUTING}. */
    public static final Option<String> WHEN_UNANSWERED = new Option<>("voipms.when-unanswered", String.class);

    /** Of a number: its voice mailbox at VoIP.ms; empty for none. */
    public static final Option<String> VOICEMAIL = new Option<>("voipms.voicemail", String.class);

    /** Of a number: what is put before the names of its callers, at most 19 characters; empty for nothing. */
    public static final Option<String> CALLER_NAME_PREFIX = new Option<>("voipms.caller-name-prefix", String.class);

    /** Of a number or a trunk: whether VoIP.ms records its calls. */
    public static final Option<Boolean> RECORD = new Option<>("voipms.record", Boolean.class);

    /** Of a number: whether it takes text messages. A message URL in its settings switches them on too. */
    public static final Option<Boolean> SMS = new Option<>("voipms.sms", Boolean.class);

    /** Of a number: the e-mail address that its text messages are sent to; empty for none. */
    public static final Option<String> SMS_EMAIL = new Option<>("voipms.sms-email", String.class);

    /**
     * Of a trunk: whether it may call outside of the United States and Canada. False unless given: most toll fraud goes abroad.
     */
    public static final Option<Boolean> INTERNATIONAL = new Option<>("voipms.international", Boolean.class);

    /**
     * Of a trunk: codecs in VoIP.ms's words, parted by semicolons, such as {@code ulaw;g722}, which is the default. What there
     * is tells {@code getAllowedCodecs}; Opus is not.
     */
    public static final Option<String> CODECS = new Option<>("voipms.codecs", String.class);

    /** Of a trunk: how digits travel, {@code auto}, {@code rfc2833}, {@code inband} or {@code info}; {@code auto} unless given. */
    public static final Option<String> DTMF = new Option<>("voipms.dtmf", String.class);

    /**
     * Of a trunk: the number in E.164 that all its calls show, whatever the PBX sends; empty to let the PBX say. Show only
     * numbers that the account owns or that were verified.
     */
    public static final Option<String> CALLER_ID = new Option<>("voipms.caller-id", String.class);

    /** Of a trunk: what calls abroad and in Canada cost and how they sound, {@code value} or {@code premium}; value unless given. */
    public static final Option<String> ROUTE = new Option<>("voipms.route", String.class);

    /** Of a trunk: after how many seconds a registration ends at the latest, 60 to 3600. */
    public static final Option<Integer> REGISTRATION_SECONDS =
            new Option<>("voipms.registration-seconds", Integer.class);

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
