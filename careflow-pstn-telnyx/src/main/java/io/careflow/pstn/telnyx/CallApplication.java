package io.careflow.pstn.telnyx;

import io.careflow.pstn.UserInfo;
import io.careflow.pstn.trunk.TrunkLimits;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call-control application as Telnyx has it at one moment.
 *
 * @param id what {@link TelnyxBuilder#connection} and numbers name
 * @param name what people call it
 * @param webhookUrl who is told of calls, or null if Telnyx does not say
 * @param fallbackUrl who is told if that fails, or null
 * @param sipSubdomain the name by which it can be called, or null
 * @param inboundCalls most inbound calls at once, or null
 * @param outboundCalls most outbound calls at once, or null
 * @param limits where it may call and for how much; null if it has no profile that says it
 * @param details what else Telnyx says of it, by Telnyx's names; what is amiss begins with {@code warning.}
 */
public record CallApplication(
        String id,
        String name,
        @Nullable URI webhookUrl,
        @Nullable URI fallbackUrl,
        @Nullable String sipSubdomain,
        @Nullable Integer inboundCalls,
        @Nullable Integer outboundCalls,
        @Nullable TrunkLimits limits,
        Map<String, String> details) {
    public CallApplication {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        details = Map.copyOf(details);
    }

    /** Users and passwords in URLs are not shown. */
    @Override
    public String toString() {
        return UserInfo.hiddenIn("CallApplication[id=" + id + ", name=" + name + ", webhookUrl=" + webhookUrl
                + ", fallbackUrl=" + fallbackUrl + ", sipSubdomain=" + sipSubdomain + ", inboundCalls=" + inboundCalls
                + ", outboundCalls=" + outboundCalls + ", limits=" + limits + ", details=" + details + "]");
    }
}
