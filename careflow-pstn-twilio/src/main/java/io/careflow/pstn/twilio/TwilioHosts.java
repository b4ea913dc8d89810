package io.careflow.pstn.twilio;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each product of Twilio is: {@code https://{product}[.{edge}][.{region}].twilio.com} unless another base was given.
 * An edge without a region is one of us1. Immutable and thread-safe.
 */
final class TwilioHosts {
    /** The product that the numbers, calls and messages of API version 2010-04-01 belong to. */
    static final String API = "api";

    private final String suffix;
    private final @Nullable URI all;
    private final Map<String, URI> single;

    TwilioHosts(@Nullable String region, @Nullable String edge, @Nullable URI all, Map<String, URI> single) {
        String where = edge == null ? "" : "." + edge;
        if (region != null || edge != null) {
            where += "." + (region == null ? "us1" : region);
        }
        this.suffix = where + ".twilio.com";
        this.all = all;
        this.single = Map.copyOf(new LinkedHashMap<>(single));
    }

    /** The base to which requests for a product are sent. */
    URI base(String product) {
        URI one = single.get(product);
        if (one != null) {
            return one;
        }
        return all == null ? URI.create("https://" + product + suffix) : all;
    }

    /** Whether a link of that product leads to Twilio itself, whatever base stands in its place here. */
    boolean isTwilio(String product, URI link) {
        return "https".equalsIgnoreCase(link.getScheme())
                && link.getPort() == -1
                && link.getRawUserInfo() == null
                && ((product + suffix).equalsIgnoreCase(link.getHost())
                        || (product + ".twilio.com").equalsIgnoreCase(link.getHost()));
    }
}
