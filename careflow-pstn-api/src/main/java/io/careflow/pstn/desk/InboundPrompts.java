package io.careflow.pstn.desk;

import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import java.util.Locale;
import java.util.Objects;

/**
 * What callers hear on the inbound journey: texts or recordings, in any language.
 *
 * @param welcome first thing on a main number
 * @param askId asks for the CareFlow ID
 * @param unknownId the ID does not exist
 * @param goodbye after the last attempt
 * @param busy the user is busy
 * @param noAnswer the user does not answer
 * @param notReachable none of the user's phones is registered
 * @param rejected the user refused
 * @param leaveMessage before the tone of the voicemail
 * @param messageTaken after it
 * @param sorry something on our side failed
 */
public record InboundPrompts(
        Prompt welcome,
        Prompt askId,
        Prompt unknownId,
        Prompt goodbye,
        Prompt busy,
        Prompt noAnswer,
        Prompt notReachable,
        Prompt rejected,
        Prompt leaveMessage,
        Prompt messageTaken,
        Prompt sorry) {

    public InboundPrompts {
        Objects.requireNonNull(welcome, "welcome");
        Objects.requireNonNull(askId, "askId");
        Objects.requireNonNull(unknownId, "unknownId");
        Objects.requireNonNull(goodbye, "goodbye");
        Objects.requireNonNull(busy, "busy");
        Objects.requireNonNull(noAnswer, "noAnswer");
        Objects.requireNonNull(notReachable, "notReachable");
        Objects.requireNonNull(rejected, "rejected");
        Objects.requireNonNull(leaveMessage, "leaveMessage");
        Objects.requireNonNull(messageTaken, "messageTaken");
        Objects.requireNonNull(sorry, "sorry");
    }

    /** Spoken English. */
    public static InboundPrompts english() {
        return new InboundPrompts(
                say("Welcome to CareFlow."),
                say("Please enter your CareFlow ID, followed by the hash key."),
                say("This CareFlow ID is not known."),
                say("Goodbye."),
                say("The person you are calling is busy. Please try again later."),
                say("The person you are calling does not answer. Please try again later."),
                say("The person you are calling cannot be reached at the moment. Please try again later."),
                say("The person you are calling cannot take your call. Please try again later."),
                say("Please leave a message after the tone."),
                say("Thank you. Your message was saved. Goodbye."),
                say("We are sorry. We cannot take your call at the moment. Please try again later."));
    }

    private static Prompt say(String text) {
        return new Say(text, Locale.ENGLISH);
    }
}
