package io.careflow.pstn.stir;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value of the SIP header {@code Identity} (RFC 8224, section 4).
 *
 * @param token the PASSporT: three parts of base64url
 * @param info where the certificate is
 */
record IdentityHeader(String token, URI info) {
    private static final int LONGEST = 8192;
    private static final int LONGEST_URL = 1024;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Pattern COMPACT = Pattern.compile("\\.\\.[A-Za-z0-9_-]+");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*([A-Za-z0-9_-]+)\\s*=\\s*(?:<([^<>]*)>|\"([^\"]*)\"|([^\\s;,<>\"]*))\\s*");

    /** The values of a header in a call's headers, whatever the case of its name; several are separated by commas. */
    static List<String> of(Map<String, String> headers) {
        List<String> values = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("Identity") || name.equalsIgnoreCase("y")) {
                values.addAll(split(value, ','));
            }
        });
        return values;
    }

    static IdentityHeader parse(String value) throws Refused {
        if (value.length() > LONGEST) {
            throw Refused.failed("the Identity header has more than " + LONGEST + " characters");
        }
        List<String> parts = split(value, ';');
        String token = parts.isEmpty() ? "" : parts.get(0);
        if (COMPACT.matcher(token).matches()) {
            throw Refused.unverified(
                    "the Identity header is in compact form, which SHAKEN does not know; expected the full form");
        } else if (!TOKEN.matcher(token).matches()) {
            throw Refused.failed("the Identity header holds no signed token");
        }
        String info = null;
        for (String part : parts.subList(1, parts.size())) {
            Matcher parameter = PARAMETER.matcher(part);
            if (!parameter.matches()) {
                throw Refused.failed("the Identity header has a parameter that cannot be read");
            }
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            String text = first(parameter.group(2), parameter.group(3), parameter.group(4));
            switch (name) {
                case "info" -> info = text;
                case "alg" -> require(text.equals("ES256"), "the Identity header names another algorithm than ES256");
                case "ppt" -> requireShaken(text);
                default -> {
                    // Extensions may say what they like.
                }
            }
        }
        if (info == null) {
            throw Refused.failed("the Identity header does not say where the certificate is (info)");
        }
        return new IdentityHeader(token, https(info));
    }

    /** An address from which a certificate may be fetched. */
    static URI https(String text) throws Refused {
        try {
            URI url = new URI(text);
            boolean usable = "https".equalsIgnoreCase(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && text.length() <= LONGEST_URL;
            require(usable, "the address of the certificate is not usable; expected https, a host and a path");
            return url;
        } catch (URISyntaxException e) {
            throw Refused.failed("the address of the certificate cannot be read");
        }
    }

    static void requireShaken(@Nullable Object ppt) throws Refused {
        if (!"shaken".equals(ppt)) {
            throw Refused.unverified("the token is not of the kind shaken, the only one that is understood here");
        }
    }

    static void require(boolean holds, String otherwise) throws Refused {
        if (!holds) {
            throw Refused.failed(otherwise);
        }
    }

    /** The parts between separators that stand in no quotes or angle brackets, without empty ones. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char closing = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (closing == 0 && c == separator) {
                add(parts, part);
                part.setLength(0);
                continue;
            }
            if (closing == 0 && (c == '<' || c == '"')) {
                closing = c == '<' ? '>' : '"';
            } else if (c == closing) {
                closing = 0;
            }
            part.append(c);
        }
        add(parts, part);
        return parts;
    }

    private static void add(List<String> parts, StringBuilder part) {
        String text = part.toString().strip();
        if (!text.isEmpty()) {
            parts.add(text);
        }
    }

    private static String first(@Nullable String one, @Nullable String two, String three) {
        return one != null ? one : two != null ? two : three;
    }

    // Who holds the token may repeat the call.
    @Override
    public String toString() {
        return "IdentityHeader[" + info + "]";
    }
}
