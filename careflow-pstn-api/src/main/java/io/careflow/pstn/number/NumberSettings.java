package io.careflow.pstn.number;

import io.careflow.pstn.Option;
import io.careflow.pstn.UserInfo;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where calls and messages to a number go. What is null stays as it is. A setting that the provider cannot honour is refused
 * before any I/O.
 *
 * @param label what people call it, or null
 * @param voiceUrl who is asked when a call comes in, or null
 * @param voiceFallbackUrl who is asked when that fails, or null
 * @param statusUrl who is told of the end of calls, or null
 * @param messageUrl who is told of text messages, or null
 * @param trunkId the provider's id of the trunk that takes its calls, instead of URLs, or null
 * @param options settings that only one vendor has
 */
public record NumberSettings(
        @Nullable String label,
        @Nullable URI voiceUrl,
        @Nullable URI voiceFallbackUrl,
        @Nullable URI statusUrl,
        @Nullable URI messageUrl,
        @Nullable String trunkId,
        Map<Option<?>, Object> options) {
    /** Everything stays as it is. */
    public static final NumberSettings NONE = new NumberSettings(null, null, null, null, null, null, Map.of());

    public NumberSettings {
        if (voiceUrl != null && trunkId != null) {
            throw new IllegalArgumentException("a number has a voice URL or a trunk, not both");
        }
        if (trunkId != null && trunkId.isBlank()) {
            throw new IllegalArgumentException("trunk id is blank; expected the provider's id of the trunk, or null");
        }
        requireWeb("voice URL", voiceUrl);
        requireWeb("voice fallback URL", voiceFallbackUrl);
        requireWeb("status URL", statusUrl);
        requireWeb("message URL", messageUrl);
        options = Map.copyOf(options);
    }

    /** Calls go to this URL. */
    public NumberSettings voice(URI url) {
        return new NumberSettings(label, url, voiceFallbackUrl, statusUrl, messageUrl, null, options);
    }

    /** Calls go to this URL if the first one fails. */
    public NumberSettings voiceFallback(URI url) {
        return new NumberSettings(label, voiceUrl, url, statusUrl, messageUrl, trunkId, options);
    }

    /** This URL is told of the end of calls. */
    public NumberSettings status(URI url) {
        return new NumberSettings(label, voiceUrl, voiceFallbackUrl, url, messageUrl, trunkId, options);
    }

    /** Text messages go to this URL. */
    public NumberSettings messages(URI url) {
        return new NumberSettings(label, voiceUrl, voiceFallbackUrl, statusUrl, url, trunkId, options);
    }

    /** Calls go over this trunk, and no longer to a URL. */
    public NumberSettings trunk(String id) {
        return new NumberSettings(label, null, voiceFallbackUrl, statusUrl, messageUrl, id, options);
    }

    /** People call it this. */
    public NumberSettings labelled(String value) {
        return new NumberSettings(value, voiceUrl, voiceFallbackUrl, statusUrl, messageUrl, trunkId, options);
    }

    /** The same with a vendor's setting. */
    public <T> NumberSettings with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new LinkedHashMap<>(options);
        more.put(option, option.type().cast(value));
        return new NumberSettings(label, voiceUrl, voiceFallbackUrl, statusUrl, messageUrl, trunkId, more);
    }

    /** Users and passwords in URLs are not shown. */
    @Override
    public String toString() {
        return UserInfo.hiddenIn("NumberSettings[label=" + label + ", voiceUrl=" + voiceUrl + ", voiceFallbackUrl="
                + voiceFallbackUrl + ", statusUrl=" + statusUrl + ", messageUrl=" + messageUrl + ", trunkId=" + trunkId
                + ", options=" + options + "]");
    }

    private static void requireWeb(String what, @Nullable URI url) {
        if (url != null && !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    what + " has the scheme '" + url.getScheme() + "'; allowed are https and http");
        }
        if (url != null && url.getHost() == null) {
            throw new IllegalArgumentException(what + " names no host; expected one like https://example.org/voice");
        }
    }
}
