package io.careflow.pstn.twilio;

import java.net.URI;

/**
 * The URLs that Twilio is given, all below the application's public one. What a webhook means is read from its fields and memo,
 * never from its path, so an application may hand all of them to one handler. Immutable and thread-safe.
 */
final class WebhookUrls {
    /** The field of the query that holds the sealed memo. */
    static final String MEMO = "memo";

    /** Status callbacks are not repeated by Twilio unless asked for; what it answers with TwiML it repeats by itself. */
    private static final String REPEATED = "#rc=3&rp=ct,rt,5xx";

    private final String base;

    WebhookUrls(URI publicUrl) {
        String text = publicUrl.toString();
        base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** For calls that arrive at a number. */
    String voice() {
        return base + "/voice";
    }

    /** Where a flow goes on. */
    String next(String memo) {
        return base + "/next?" + MEMO + "=" + memo;
    }

    /** For what becomes of a call that arrived. */
    String status() {
        return base + "/status" + REPEATED;
    }

    /** For what becomes of a call that we placed. */
    String status(String memo) {
        return base + "/status?" + MEMO + "=" + memo + REPEATED;
    }

    /** For what becomes of somebody who is dialled by a flow. */
    String leg(String memo) {
        return base + "/leg?" + MEMO + "=" + memo + REPEATED;
    }

    /** For recordings. */
    String recording() {
        return base + "/recording" + REPEATED;
    }

    /** For what the detection of answering machines found. */
    String machine() {
        return base + "/machine" + REPEATED;
    }

    /** For messages that arrive at a number. */
    String message() {
        return base + "/message";
    }

    /** For what becomes of a message. */
    String messageStatus() {
        return base + "/message-status" + REPEATED;
    }
}
