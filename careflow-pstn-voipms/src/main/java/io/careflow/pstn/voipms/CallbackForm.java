package io.careflow.pstn.voipms;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters in a URL, decoded. What is no escape stays as it is: texts come from anywhere, and a lonely percent sign must not
 * lose one.
 */
final class CallbackForm {
    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Z]+}");

    private final String path;
    private final Map<String, String> values = new LinkedHashMap<>();

    CallbackForm(String url) {
        String whole = url.replaceFirst("#.*", "");
        int question = whole.indexOf('?');
        path = question < 0 ? whole : whole.substring(0, question);
        if (question >= 0) {
            read(whole.substring(question + 1));
        }
    }

    private void read(String query) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            values.putIfAbsent(
                    decoded(name).toLowerCase(Locale.ROOT), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
    }

    /** The parameter of this name, which counts whatever its case; the first, if there are more. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** As {@link #value}, unless it is blank or a variable that VoIP.ms did not know. */
    Optional<String> text(String name) {
        return value(name)
                .filter(text -> !text.isBlank() && !VARIABLE.matcher(text).matches());
    }

    /** What stands after the last slash of the path. */
    String lastSegment() {
        return decoded(path.substring(path.lastIndexOf('/') + 1));
    }

    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int escaped = point == '%' && at + 2 < text.length() ? hex(text, at + 1) : -1;
            if (escaped >= 0) {
                bytes.write(escaped);
                at += 3;
            } else {
                String plain = point == '+' ? " " : Character.toString(point);
                bytes.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
