package io.careflow.pstn.lab;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call that a phone or the carrier got.
 *
 * @param invite the request, with everything the callee could show
 * @param result what became of it so far, seen from the callee
 */
public record ReceivedCall(SipMessage invite, CallResult result) {

    private static final Pattern IDENTITY = Pattern.compile("^(?:\"([^\"]*)\"|([^<\"]*?))\\s*<sips?:([^@>;]+)");

    /** Number in From, which is what a phone shows. */
    public String fromNumber() {
        return invite.header("From").map(value -> part(value, 3)).orElse("");
    }

    /** Name in From, empty when there is none. */
    public String fromName() {
        return invite.header("From").map(ReceivedCall::name).orElse("");
    }

    /** Number in P-Asserted-Identity. */
    public Optional<String> assertedNumber() {
        return invite.header("P-Asserted-Identity").map(value -> part(value, 3));
    }

    /** Number in the request line: who is called. */
    public String calledNumber() {
        return invite.startLine().replaceFirst("^INVITE sips?:([^@; ]+).*$", "$1");
    }

    private static String name(String value) {
        String quoted = part(value, 1);
        return quoted.isEmpty() ? part(value, 2) : quoted;
    }

    private static String part(String value, int group) {
        Matcher matcher = IDENTITY.matcher(value);
        return matcher.find() && matcher.group(group) != null ? matcher.group(group) : "";
    }
}
