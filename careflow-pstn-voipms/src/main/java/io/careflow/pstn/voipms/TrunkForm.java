package io.careflow.pstn.voipms;

import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A wanted trunk as the parameters of a sub-account, set up for a PBX. Refuses what VoIP.ms cannot do, before any I/O. Holds no
 * password. Immutable and thread-safe.
 */
final class TrunkForm {
    static final Set<Option<?>> OPTIONS = Set.of(
            VoipMsOptions.INTERNATIONAL,
            VoipMsOptions.CODECS,
            VoipMsOptions.DTMF,
            VoipMsOptions.CALLER_ID,
            VoipMsOptions.ROUTE,
            VoipMsOptions.RECORD,
            VoipMsOptions.REGISTRATION_SECONDS);

    static final String BY_PASSWORD = "1";
    static final String BY_ADDRESS = "2";

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9]{1,12}");
    private static final Pattern CODECS = Pattern.compile("[a-z0-9]{2,12}(;[a-z0-9]{2,12}){0,7}");
    private static final List<String> DTMF = List.of("auto", "rfc2833", "inband", "info");
    private static final List<String> ROUTES = List.of("value", "premium");

    private final ProviderId provider;
    private final String operation;
    private final Map<Option<?>, Object> options;

    TrunkForm(ProviderId provider, String operation, Map<Option<?>, Object> options) {
        this.provider = provider;
        this.operation = operation;
        this.options = options;
        VoipMsOptions.requireKnown(provider, operation, options, OPTIONS);
        matches(VoipMsOptions.CODECS, CODECS, "codecs such as ulaw;g722");
        oneOf(VoipMsOptions.DTMF, DTMF);
        oneOf(VoipMsOptions.ROUTE, ROUTES);
        Integer seconds = option(VoipMsOptions.REGISTRATION_SECONDS);
        require(
                seconds == null || (seconds >= 60 && seconds <= 3600),
                VoipMsOptions.REGISTRATION_SECONDS.name() + " is " + seconds + "; allowed are 60 to 3600");
        String callerId = option(VoipMsOptions.CALLER_ID);
        require(
                callerId == null || callerId.isEmpty() || isNanp(callerId),
                VoipMsOptions.CALLER_ID.name() + " is no number of North America in E.164");
    }

    /** Refuses what no sub-account can be. */
    void check(TrunkRequest request) {
        if (request.kind() != TrunkKind.TRUNK) {
            throw refused("kind " + request.kind(), List.of("TRUNK"));
        }
        if (!request.inbound().isEmpty()) {
            throw refused(
                    "sending calls to servers that are named",
                    List.of("sending them where the PBX registers", "or to the one address that is allowed"));
        }
        if (request.limits() != null) {
            throw refused("limits of a trunk", List.of("option " + VoipMsOptions.INTERNATIONAL.name()));
        }
        if (request.credentials().size() > 1) {
            throw refused("more than one credential", List.of("one credential for each trunk"));
        }
        boolean byAddress = isByAddress(request);
        if (byAddress
                && (request.allowed().size() != 1 || request.allowed().get(0).prefixLength() != 32)) {
            throw refused(
                    "proof by several addresses",
                    List.of("one address", "a credential that only some addresses may use"));
        }
        if (byAddress && request.registration()) {
            throw refused("registration without a credential", List.of("a credential", "one address, unregistered"));
        }
        require(
                USER.matcher(user(request)).matches(),
                "the user of a sub-account is '" + user(request)
                        + "'; allowed are 1 to 12 letters and digits: give a shorter name, or a credential");
    }

    /** Whether it has no password because it is known by its address. */
    static boolean isByAddress(TrunkRequest request) {
        return request.credentials().isEmpty() && !request.allowed().isEmpty();
    }

    /** The end of its log-in name, which begins with the account's number. */
    static String user(TrunkRequest request) {
        List<SipCredential> credentials = request.credentials();
        return credentials.isEmpty()
                ? request.name().replace("-", "")
                : credentials.get(0).username();
    }

    /** All parameters of a new sub-account but its password. */
    Map<String, String> creation(TrunkRequest request) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("username", user(request));
        form.put("description", request.name());
        form.put("protocol", "1");
        form.put("auth_type", isByAddress(request) ? BY_ADDRESS : BY_PASSWORD);
        form.put("device_type", "1");
        form.put("lock_international", "1");
        form.put("international_route", "1");
        form.put("music_on_hold", "default");
        form.put("allowed_codecs", "ulaw;g722");
        form.put("dtmf_mode", "auto");
        form.put("nat", "yes");
        form.put("sip_traffic", request.secure() ? "1" : "0");
        if (isByAddress(request)) {
            form.put("ip", request.allowed().get(0).address());
        } else if (!request.allowed().isEmpty()) {
            form.put("ip_restriction", ranges(request.allowed()));
            form.put("enable_ip_restriction", "1");
        }
        form.putAll(changes());
        return form;
    }

    /** What the options say. */
    Map<String, String> changes() {
        Map<String, String> form = new LinkedHashMap<>();
        Boolean international = option(VoipMsOptions.INTERNATIONAL);
        put(form, "lock_international", international == null ? null : international ? "0" : "1");
        String route = option(VoipMsOptions.ROUTE);
        if (route != null) {
            form.put("international_route", String.valueOf(1 + ROUTES.indexOf(route)));
            form.put("canada_routing", String.valueOf(1 + ROUTES.indexOf(route)));
        }
        put(form, "allowed_codecs", option(VoipMsOptions.CODECS));
        put(form, "dtmf_mode", option(VoipMsOptions.DTMF));
        String callerId = option(VoipMsOptions.CALLER_ID);
        put(form, "callerid_number", callerId == null || callerId.isEmpty() ? callerId : wire(callerId));
        Boolean record = option(VoipMsOptions.RECORD);
        put(form, "record_calls", record == null ? null : record ? "1" : "0");
        Integer seconds = option(VoipMsOptions.REGISTRATION_SECONDS);
        put(form, "max_expiry", seconds == null ? null : seconds.toString());
        return form;
    }

    /** The password of the request, if it has one. */
    static @Nullable Secret password(TrunkRequest request) {
        return request.credentials().isEmpty()
                ? null
                : request.credentials().get(0).password();
    }

    private static String ranges(List<IpRange> ranges) {
        return ranges.stream()
                .map(range -> range.prefixLength() == 32 ? range.address() : range.toString())
                .collect(Collectors.joining(","));
    }

    private static boolean isNanp(String e164) {
        try {
            return WireNumbers.isNanp(new PhoneNumber(e164));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String wire(String e164) {
        return WireNumbers.toWire(new PhoneNumber(e164));
    }

    private <T> @Nullable T option(Option<T> option) {
        return VoipMsOptions.value(options, option);
    }

    private void matches(Option<String> option, Pattern pattern, String expected) {
        String value = option(option);
        require(value == null || pattern.matcher(value).matches(), option.name() + " is not " + expected);
    }

    private void oneOf(Option<String> option, List<String> allowed) {
        String value = option(option);
        require(value == null || allowed.contains(value), option.name() + " is none of " + allowed);
    }

    private static void put(Map<String, String> form, String name, @Nullable String value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    private void require(boolean right, String problem) {
        if (!right) {
            throw new InvalidRequest(Failure.of(provider, operation, Effect.NONE, problem));
        }
    }

    private UnsupportedFeature refused(String feature, List<String> supported) {
        return new UnsupportedFeature(provider, operation, feature, supported);
    }
}
