package io.careflow.pstn.asterisk.config;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file of a rendered configuration. A value.
 *
 * @param name such as {@code pjsip.conf}: 1 to 64 letters, digits, dots, underscores and hyphens, none of the first two a dot
 * @param text what is in it, UTF-8
 * @param secret whether it holds passwords: only its owner may then read it
 */
public record RenderedFile(String name, String text, boolean secret) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    /** Checks the name. */
    public RenderedFile {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("file name is '" + name
                    + "'; allowed are 1 to 64 letters, digits, '.', '_' and '-', not beginning with a dot");
        }
        Objects.requireNonNull(text, "text");
    }

    /** The text of a file with secrets is not shown. */
    @Override
    public String toString() {
        return "RenderedFile[" + name + ", " + text.length() + " characters" + (secret ? ", secret]" : "]");
    }
}
