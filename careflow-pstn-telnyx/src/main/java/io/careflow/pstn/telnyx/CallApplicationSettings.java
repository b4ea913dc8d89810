package io.careflow.pstn.telnyx;

import io.careflow.pstn.UserInfo;
import io.careflow.pstn.trunk.TrunkLimits;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a call-control application shall be. A value; derive variants with its methods.
 *
 * @param name 3 to 40 lower-case letters, digits and dashes, unique within the account
 * @param webhookUrl who is told of calls and answers them
 * @param fallbackUrl who is told if that fails, or null
 * @param sipSubdomain calls of our own connections to {@code sip:anything@<this>.sip.telnyx.com} come to it too; null for none
 * @param inboundCalls most inbound calls at once, 1 or more; null for no limit
 * @param outboundCalls most outbound calls at once, 1 or more; null for no limit
 * @param limits where it may call and for how much; null for Canada and the United States without further limits
 */
public record CallApplicationSettings(
        String name,
        URI webhookUrl,
        @Nullable URI fallbackUrl,
        @Nullable String sipSubdomain,
        @Nullable Integer inboundCalls,
        @Nullable Integer outboundCalls,
        @Nullable TrunkLimits limits) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public CallApplicationSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("application name is '" + name
                    + "'; allowed are 3 to 40 lower-case letters, digits and inner dashes");
        }
        requireWeb("webhook URL", webhookUrl);
        if (fallbackUrl != null) {
            requireWeb("fallback URL", fallbackUrl);
        }
        if (sipSubdomain != null && !SUBDOMAIN.matcher(sipSubdomain).matches()) {
            throw new IllegalArgumentException("SIP subdomain is '" + sipSubdomain
                    + "'; allowed are 1 to 63 lower-case letters, digits and inner dashes, or null");
        }
        requirePositive("inbound calls", inboundCalls);
        requirePositive("outbound calls", outboundCalls);
    }

    /** An application whose calls are answered at this URL, without limits of its own. */
    public static CallApplicationSettings of(String name, URI webhookUrl) {
        return new CallApplicationSettings(name, webhookUrl, null, null, null, null, null);
    }

    /** The same with somebody to tell if the URL fails. */
    public CallApplicationSettings fallingBackTo(URI value) {
        return new CallApplicationSettings(name, webhookUrl, value, sipSubdomain, inboundCalls, outboundCalls, limits);
    }

    /** The same, called also by this name. */
    public CallApplicationSettings calledAt(String subdomain) {
        return new CallApplicationSettings(
                name, webhookUrl, fallbackUrl, subdomain, inboundCalls, outboundCalls, limits);
    }

    /** The same with so many calls at once. */
    public CallApplicationSettings callsAtOnce(@Nullable Integer inbound, @Nullable Integer outbound) {
        return new CallApplicationSettings(name, webhookUrl, fallbackUrl, sipSubdomain, inbound, outbound, limits);
    }

    /** The same within these limits. */
    public CallApplicationSettings within(TrunkLimits value) {
        return new CallApplicationSettings(
                name, webhookUrl, fallbackUrl, sipSubdomain, inboundCalls, outboundCalls, value);
    }

    /** Users and passwords in URLs are not shown. */
    @Override
    public String toString() {
        return UserInfo.hiddenIn("CallApplicationSettings[name=" + name + ", webhookUrl=" + webhookUrl
                + ", fallbackUrl=" + fallbackUrl + ", sipSubdomain=" + sipSubdomain + ", inboundCalls=" + inboundCalls
                + ", outboundCalls=" + outboundCalls + ", limits=" + limits + "]");
    }

    private static void requireWeb(String what, URI url) {
        if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    what + " has the scheme '" + url.getScheme() + "' or no host; allowed are https and http URLs");
        }
    }

    private static void requirePositive(String what, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(what + " are " + value + "; allowed are 1 and more, or null");
        }
    }
}
