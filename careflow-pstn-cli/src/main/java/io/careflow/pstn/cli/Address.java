package io.careflow.pstn.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address of a machine and a port, as in {@code 192.0.2.10:5060}; whoever uses it checks the address itself. */
record Address(String host, int port) {
    private static final Pattern FORM = Pattern.compile("([^:\\s]{1,253}):([0-9]{1,5})");

    /** @throws IllegalArgumentException if it is something else */
    static Address parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "is '" + Values.printable(text) + "'; expected address and port like 192.0.2.10:5060");
        }
        return new Address(form.group(1), Integer.parseInt(form.group(2)));
    }
}
