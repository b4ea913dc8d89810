package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Asterisk we talk to.
 *
 * @param version as it names itself, such as {@code 22.10.1~dfsg...}
 * @param startedAt when it started; a later value than before means that all calls were lost in between
 */
record AriInfo(String version, Instant startedAt) {
    private static final Pattern MAJOR = Pattern.compile("^\\D*(\\d+)");

    static AriInfo of(JsonNode info) {
        return new AriInfo(
                info.path("system").path("version").asText(),
                AriTime.parse(info.path("status").path("startup_time").asText()));
    }

    /** The first number of the version; 0 if there is none. */
    int major() {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    boolean takesNumericHangupReasons() {
        return major() >= 20;
    }
}
