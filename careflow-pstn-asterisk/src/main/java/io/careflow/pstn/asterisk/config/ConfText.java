package io.careflow.pstn.asterisk.config;

/** Writes a file of sections, keys and values as Asterisk reads it. Not thread-safe. */
final class ConfText {
    private final StringBuilder text = new StringBuilder();

    ConfText(String... about) {
        comment("Rendered from trunks, users and numbers; do not edit, as it is written anew with them.");
        for (String line : about) {
            comment(line);
        }
    }

    ConfText comment(String line) {
        text.append("; ").append(line).append('\n');
        return this;
    }

    ConfText section(String name) {
        text.append("\n[").append(name).append("]\n");
        return this;
    }

    /** More of a section that is there already. */
    ConfText moreOf(String name) {
        text.append("\n[").append(name).append("](+)\n");
        return this;
    }

    /** A semicolon of the value does not begin a comment. */
    ConfText set(String key, String value) {
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("value of " + key + " has a control character; allowed are none");
        }
        text.append(key).append(" = ").append(value.replace(";", "\\;")).append('\n');
        return this;
    }

    ConfText set(String key, long value) {
        return set(key, Long.toString(value));
    }

    ConfText set(String key, boolean value) {
        return set(key, value ? "yes" : "no");
    }

    /** The lines of another file stand here. */
    ConfText include(String file) {
        text.append("#include \"").append(file).append("\"\n");
        return this;
    }

    /** Text of a dialplan as it is. */
    ConfText raw(String lines) {
        text.append('\n').append(lines);
        return this;
    }

    RenderedFile file(String name) {
        return new RenderedFile(name, text.toString(), false);
    }

    RenderedFile secretFile(String name) {
        return new RenderedFile(name, text.toString(), true);
    }
}
