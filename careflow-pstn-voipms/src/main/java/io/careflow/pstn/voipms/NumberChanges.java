package io.careflow.pstn.voipms;

import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of a number as VoIP.ms's parameters. Refuses what cannot be set, before any I/O. */
final class NumberChanges {
    static final Set<Option<?>> OPTIONS = Set.of(
            VoipMsOptions.ROUTING,
            VoipMsOptions.SERVER,
            VoipMsOptions.BILLING,
            VoipMsOptions.RING_SECONDS,
            VoipMsOptions.CALLER_NAMES,
            VoipMsOptions.WHEN_BUSY,
            VoipMsOptions.WHEN_UNREACHABLE,
            VoipMsOptions.WHEN_UNANSWERED,
            VoipMsOptions.VOICEMAIL,
            VoipMsOptions.CALLER_NAME_PREFIX,
            VoipMsOptions.RECORD,
            VoipMsOptions.SMS,
            VoipMsOptions.SMS_EMAIL);

    /** Where calls go of a number that goes nowhere. */
    static final String NOWHERE = "sys:noservice";

    /** What VoIP.ms fills in when a message comes. */
    private static final String TEMPLATE = "to={TO}&from={FROM}&id={ID}&ts={TIMESTAMP}&message={MESSAGE}";

    private static final Pattern ROUTING = Pattern.compile(
            "(account|fwd|vm|sip|grp|ivr|queue|cb|tc|disa|recording|sys|did|phone):[A-Za-z0-9_.+-]{1,64}" + "|none:");
    private static final Pattern TRUNK = Pattern.compile("[A-Za-z0-9_]{1,40}");
    private static final List<String> BILLING = List.of("per-minute", "flat");
    private static final int LONGEST_NOTE = 49;
    private static final int LONGEST_PREFIX = 19;

    private final ProviderId provider;
    private final String operation;
    private final NumberSettings settings;

    NumberChanges(ProviderId provider, String operation, NumberSettings settings) {
        this.provider = provider;
        this.operation = operation;
        this.settings = settings;
        VoipMsOptions.requireKnown(provider, operation, settings.options(), OPTIONS);
        refuse("voice URL", settings.voiceUrl());
        refuse("voice fallback URL", settings.voiceFallbackUrl());
        refuse("status URL", settings.statusUrl());
        String trunk = settings.trunkId();
        require(trunk == null || TRUNK.matcher(trunk).matches(), "trunk id is no account such as 100001_clinic");
        require(
                trunk == null || option(VoipMsOptions.ROUTING) == null,
                "a number has a trunk or " + VoipMsOptions.ROUTING.name() + ", not both");
        for (Option<String> routing : List.of(
                VoipMsOptions.ROUTING,
                VoipMsOptions.WHEN_BUSY,
                VoipMsOptions.WHEN_UNREACHABLE,
                VoipMsOptions.WHEN_UNANSWERED)) {
            String value = option(routing);
            require(
                    value == null || ROUTING.matcher(value).matches(),
                    routing.name() + " is no routing such as account:100001_clinic, fwd:1026 or sys:busy");
        }
        String billing = option(VoipMsOptions.BILLING);
        require(billing == null || BILLING.contains(billing), VoipMsOptions.BILLING.name() + " is none of " + BILLING);
        Integer ring = option(VoipMsOptions.RING_SECONDS);
        require(
                ring == null || (ring >= 5 && ring <= 180),
                VoipMsOptions.RING_SECONDS.name() + " is " + ring + "; allowed are 5 to 180");
        atMost("label", settings.label(), LONGEST_NOTE);
        atMost(VoipMsOptions.CALLER_NAME_PREFIX.name(), option(VoipMsOptions.CALLER_NAME_PREFIX), LONGEST_PREFIX);
        URI message = settings.messageUrl();
        require(
                message == null || (message.getRawQuery() == null && message.getRawFragment() == null),
                "message URL has a query or fragment; VoIP.ms's own parameters are put there");
    }

    /** What an order says of the number. */
    Map<String, String> order(String homePop) {
        Map<String, String> order = new LinkedHashMap<>();
        order.put("routing", NOWHERE);
        order.put("pop", homePop);
        order.put("dialtime", "60");
        order.put("cnam", "0");
        order.put("billing_type", "1");
        order.putAll(did(homePop));
        return order;
    }

    /** Name of the server that was asked for, or null. */
    @Nullable
    String server() {
        return option(VoipMsOptions.SERVER);
    }

    /**
     * What shall change about the number itself.
     *
     * @param pop of {@link #server}; not looked at if there is none
     */
    Map<String, String> did(@Nullable String pop) {
        Map<String, String> did = new LinkedHashMap<>();
        put(
                did,
                "routing",
                settings.trunkId() == null ? option(VoipMsOptions.ROUTING) : "account:" + settings.trunkId());
        put(did, "pop", server() == null ? null : pop);
        String billing = option(VoipMsOptions.BILLING);
        put(did, "billing_type", billing == null ? null : String.valueOf(1 + BILLING.indexOf(billing)));
        Integer ring = option(VoipMsOptions.RING_SECONDS);
        put(did, "dialtime", ring == null ? null : ring.toString());
        put(did, "cnam", flag(VoipMsOptions.CALLER_NAMES));
        put(did, "failover_busy", option(VoipMsOptions.WHEN_BUSY));
        put(did, "failover_unreachable", option(VoipMsOptions.WHEN_UNREACHABLE));
        put(did, "failover_noanswer", option(VoipMsOptions.WHEN_UNANSWERED));
        put(did, "voicemail", option(VoipMsOptions.VOICEMAIL));
        put(did, "callerid_prefix", option(VoipMsOptions.CALLER_NAME_PREFIX));
        put(did, "record_calls", flag(VoipMsOptions.RECORD));
        put(did, "note", settings.label());
        return did;
    }

    /** What shall change about its text messages; empty if nothing. */
    Map<String, String> sms() {
        Map<String, String> sms = new LinkedHashMap<>();
        URI url = settings.messageUrl();
        String email = option(VoipMsOptions.SMS_EMAIL);
        Boolean wanted = option(VoipMsOptions.SMS);
        if (url == null && email == null && wanted == null) {
            return sms;
        }
        sms.put("enable", Boolean.FALSE.equals(wanted) ? "0" : "1");
        if (url != null) {
            sms.put("url_callback_enable", "1");
            sms.put("url_callback", url + "?" + TEMPLATE);
            sms.put("url_callback_retry", "1");
        }
        if (email != null) {
            sms.put("email_enabled", email.isEmpty() ? "0" : "1");
            sms.put("email_address", email);
        }
        return sms;
    }

    private @Nullable String flag(Option<Boolean> option) {
        Boolean value = option(option);
        return value == null ? null : value ? "1" : "0";
    }

    private <T> @Nullable T option(Option<T> option) {
        return VoipMsOptions.value(settings.options(), option);
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private void atMost(String what, @Nullable String text, int most) {
        require(
                text == null || text.length() <= most,
                what + " has " + (text == null ? 0 : text.length()) + " characters; allowed are at most " + most);
    }

    private void refuse(String what, @Nullable URI url) {
        if (url != null) {
            throw new UnsupportedFeature(
                    provider,
                    operation,
                    what,
                    List.of("trunk", "message URL", "option " + VoipMsOptions.ROUTING.name()));
        }
    }

    private void require(boolean right, String problem) {
        if (!right) {
            throw new InvalidRequest(Failure.of(provider, operation, Effect.NONE, problem));
        }
    }
}
