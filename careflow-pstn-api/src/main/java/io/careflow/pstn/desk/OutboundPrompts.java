package io.careflow.pstn.desk;

import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import java.util.Locale;
import java.util.Objects;

/**
 * What users hear on the outbound journey: texts or recordings, in any language.
 *
 * @param busy the destination is busy
 * @param noAnswer the destination does not answer
 * @param rejected the destination refused
 * @param invalid there is no such number
 * @param unreachable no carrier or phone could be reached
 * @param warning before a conversation is cut
 * @param denied a call dialled from the user's own phone is not allowed
 * @param noCredit a call dialled from the user's own phone is not paid for
 * @param sorry something on our side failed
 */
public record OutboundPrompts(
        Prompt busy,
        Prompt noAnswer,
        Prompt rejected,
        Prompt invalid,
        Prompt unreachable,
        Prompt warning,
        Prompt denied,
        Prompt noCredit,
        Prompt sorry) {

    public OutboundPrompts {
        Objects.requireNonNull(busy, "busy");
        Objects.requireNonNull(noAnswer, "noAnswer");
        Objects.requireNonNull(rejected, "rejected");
        Objects.requireNonNull(invalid, "invalid");
        Objects.requireNonNull(unreachable, "unreachable");
        Objects.requireNonNull(warning, "warning");
        Objects.requireNonNull(denied, "denied");
        Objects.requireNonNull(noCredit, "noCredit");
        Objects.requireNonNull(sorry, "sorry");
    }

    /** Spoken English. */
    public static OutboundPrompts english() {
        return new OutboundPrompts(
                say("The person you are calling is busy."),
                say("The person you are calling does not answer."),
                say("The person you are calling cannot take your call."),
                say("This number is not in service."),
                say("The person you are calling cannot be reached at the moment."),
                say("Your call will end shortly."),
                say("This call is not allowed."),
                say("Your credit does not suffice for this call."),
                say("We are sorry. Your call cannot be made at the moment."));
    }

    private static Prompt say(String text) {
        return new Say(text, Locale.ENGLISH);
    }
}
