package io.careflow.pstn.trunk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.UserInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A trunk to be made. A value; derive variants with its methods. Without credentials and IP ranges, one strong credential
 * is generated: an open trunk is never made, and addresses alone must not let everybody in.
 *
 * @param commandId the caller's key of this one trunk: the same key never makes two
 * @param kind what it is to the carrier
 * @param name 3 to 40 lower-case letters, digits and dashes, unique within the account
 * @param inbound our servers that the carrier sends calls to
 * @param credentials what we prove ourselves with; a null password is generated
 * @param allowed addresses from which we may send; no range as wide as /0 to /7
 * @param secure whether TLS and SRTP are demanded
 * @param registration whether devices may register, where the kind allows it
 * @param voiceUrl for a DOMAIN: who is asked what to do with a call, or null
 * @param voiceFallbackUrl for a DOMAIN: who is asked if that fails, or null
 * @param statusUrl for a DOMAIN: who is told of the end of calls, or null
 * @param limits what the carrier shall let it spend, or null for the carrier's own rules; refused where it knows none
 * @param options settings that only one vendor has
 */
public record TrunkRequest(
        CommandId commandId,
        TrunkKind kind,
        String name,
        List<SipEndpoint> inbound,
        List<SipCredential> credentials,
        List<IpRange> allowed,
        boolean secure,
        boolean registration,
        @Nullable URI voiceUrl,
        @Nullable URI voiceFallbackUrl,
        @Nullable URI statusUrl,
        @Nullable TrunkLimits limits,
        Map<Option<?>, Object> options) {
    private static final int WIDEST = 8;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");

    public TrunkRequest {
        Objects.requireNonNull(commandId, "commandId");
        Objects.requireNonNull(kind, "kind");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "trunk name is '" + name + "'; allowed are 3 to 40 lower-case letters, digits and inner dashes");
        }
        inbound = List.copyOf(inbound);
        credentials = List.copyOf(credentials);
        allowed = List.copyOf(allowed);
        options = Map.copyOf(options);
        requireClosed(allowed);
        requireDistinct(credentials);
        requireWeb("voice URL", voiceUrl);
        requireWeb("voice fallback URL", voiceFallbackUrl);
        requireWeb("status URL", statusUrl);
        if (kind == TrunkKind.TRUNK && (voiceUrl != null || voiceFallbackUrl != null || statusUrl != null)) {
            throw new IllegalArgumentException("a TRUNK asks no URL; give the URLs to a DOMAIN");
        }
        if (kind == TrunkKind.DOMAIN && !inbound.isEmpty()) {
            throw new IllegalArgumentException("a DOMAIN has no inbound servers; devices register there");
        }
    }

    /** A trunk without limits. */
    public TrunkRequest(
            CommandId commandId,
            TrunkKind kind,
            String name,
            List<SipEndpoint> inbound,
            List<SipCredential> credentials,
            List<IpRange> allowed,
            boolean secure,
            boolean registration,
            @Nullable URI voiceUrl,
            @Nullable URI voiceFallbackUrl,
            @Nullable URI statusUrl,
            Map<Option<?>, Object> options) {
        this(
                commandId,
                kind,
                name,
                inbound,
                credentials,
                allowed,
                secure,
                registration,
                voiceUrl,
                voiceFallbackUrl,
                statusUrl,
                null,
                options);
    }

    /** A plain trunk. */
    public static TrunkRequest trunk(CommandId commandId, String name) {
        return of(commandId, TrunkKind.TRUNK, name);
    }

    /** A SIP domain that asks this URL what to do with calls. */
    public static TrunkRequest domain(CommandId commandId, String name, URI voiceUrl) {
        return of(commandId, TrunkKind.DOMAIN, name).asking(voiceUrl, null, null);
    }

    /** The same with one more server of ours. */
    public TrunkRequest to(SipEndpoint server) {
        return new TrunkRequest(
                commandId,
                kind,
                name,
                plus(inbound, server),
                credentials,
                allowed,
                secure,
                registration,
                voiceUrl,
                voiceFallbackUrl,
                statusUrl,
                limits,
                options);
    }

    /** The same with one more credential. */
    public TrunkRequest provenBy(SipCredential credential) {
        return new TrunkRequest(
                commandId,
                kind,
                name,
                inbound,
                plus(credentials, credential),
                allowed,
                secure,
                registration,
                voiceUrl,
                voiceFallbackUrl,
                statusUrl,
                limits,
                options);
    }

    /** The same with one more range of addresses. */
    public TrunkRequest allowing(IpRange range) {
        return new TrunkRequest(
                commandId,
                kind,
                name,
                inbound,
                credentials,
                plus(allowed, range),
                secure,
                registration,
                voiceUrl,
                voiceFallbackUrl,
                statusUrl,
                limits,
                options);
    }

    /** The same, demanding TLS and SRTP or not, letting devices register or not. */
    public TrunkRequest secured(boolean tls, boolean devicesRegister) {
        return new TrunkRequest(
                commandId,
                kind,
                name,
                inbound,
                credentials,
                allowed,
                tls,
                devicesRegister,
                voiceUrl,
                voiceFallbackUrl,
                statusUrl,
                limits,
                options);
    }

    /** The same DOMAIN asking and telling these URLs. */
    public TrunkRequest asking(@Nullable URI voice, @Nullable URI fallback, @Nullable URI status) {
        return new TrunkRequest(
                commandId,
                kind,
                name,
                inbound,
                credentials,
                allowed,
                secure,
                registration,
                voice,
                fallback,
                status,
                limits,
                options);
    }

    /** The same within these limits. */
    public TrunkRequest within(TrunkLimits value) {
        return new TrunkRequest(
                commandId,
                kind,
                name,
                inbound,
                credentials,
                allowed,
                secure,
                registration,
                voiceUrl,
                voiceFallbackUrl,
                statusUrl,
                value,
                options);
    }

    /** The same with a vendor's setting. */
    public <T> TrunkRequest with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new LinkedHashMap<>(options);
        more.put(option, option.type().cast(value));
        return new TrunkRequest(
                commandId,
                kind,
                name,
                inbound,
                credentials,
                allowed,
                secure,
                registration,
                voiceUrl,
                voiceFallbackUrl,
                statusUrl,
                limits,
                more);
    }

    /** Users and passwords in URLs are not shown. */
    @Override
    public String toString() {
        return UserInfo.hiddenIn("TrunkRequest[commandId=" + commandId + ", kind=" + kind + ", name=" + name
                + ", inbound=" + inbound + ", credentials=" + credentials + ", allowed=" + allowed + ", secure="
                + secure + ", registration=" + registration + ", voiceUrl=" + voiceUrl + ", voiceFallbackUrl="
                + voiceFallbackUrl + ", statusUrl=" + statusUrl + ", limits=" + limits + ", options=" + options + "]");
    }

    private static void requireClosed(List<IpRange> ranges) {
        for (IpRange range : ranges) {
            if (range.prefixLength() < WIDEST) {
                throw new IllegalArgumentException("allowed range is " + range
                        + ", which lets nearly everybody in; allowed are prefix lengths of " + WIDEST + " to 32");
            }
        }
    }

    private static void requireDistinct(List<SipCredential> credentials) {
        long names =
                credentials.stream().map(SipCredential::username).distinct().count();
        if (names < credentials.size()) {
            throw new IllegalArgumentException("credentials name one user twice; usernames must differ");
        }
    }

    private static void requireWeb(String what, @Nullable URI url) {
        if (url == null) {
            return;
        }
        if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    what + " has the scheme '" + url.getScheme() + "' or no host; allowed are https and http URLs");
        }
    }

    private static TrunkRequest of(CommandId commandId, TrunkKind kind, String name) {
        return new TrunkRequest(
                commandId, kind, name, List.of(), List.of(), List.of(), false, false, null, null, null, null, Map.of());
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
