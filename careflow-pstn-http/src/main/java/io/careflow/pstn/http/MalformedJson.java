package io.careflow.pstn.http;

/** A text is not the JSON that was expected. Says where, and never quotes the text: it may hold personal data. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message);
    }
}
