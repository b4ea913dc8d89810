package io.careflow.pstn.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one SIP party saw of one call.
 *
 * @param status final status code of the INVITE, 0 when there was none (yet)
 * @param provisionals what came before it, in order
 * @param answeredAfter time from INVITE to the 200
 * @param endedBy who sent the BYE, the CANCEL or the refusal
 * @param duration from INVITE to the end of the call, or to the last message while it lasts
 * @param talk from the 200 to the BYE
 * @param reason raw Reason header of the message that ended the call
 * @param failure empty when the party went through its script to the end, otherwise what went wrong
 * @param messages everything said, in order
 */
public record CallResult(
        int status,
        List<Provisional> provisionals,
        @Nullable Duration answeredAfter,
        EndedBy endedBy,
        Duration duration,
        @Nullable Duration talk,
        @Nullable String reason,
        String failure,
        List<SipMessage> messages) {

    /** Who ended a call. */
    public enum EndedBy {
        /** The party whose result this is. */
        THIS_PARTY,
        /** The other side, which is Asterisk. */
        OTHER_PARTY,
        /** Nobody: the call still lasts, or one side vanished. */
        NOBODY
    }

    /**
     * A provisional response.
     *
     * @param status code, for example 180
     * @param after time since the INVITE
     */
    public record Provisional(int status, Duration after) {}

    /** Whether a 200 came. */
    public boolean answered() {
        return status == 200;
    }

    /** Whether the call has come to its end. */
    public boolean over() {
        return status > 0 && endedBy != EndedBy.NOBODY;
    }

    /** Whether the party could follow its script. */
    public boolean success() {
        return failure.isEmpty();
    }

    /** Whether a provisional response of this status came. */
    public boolean heard(int provisional) {
        return provisionals.stream().anyMatch(response -> response.status() == provisional);
    }

    /** From the first 180 or 183 to the answer, or to the end of a call that nobody answered; zero when it did not ring. */
    public Duration rang() {
        return provisionals.stream()
                .filter(response -> response.status() > 100)
                .findFirst()
                .map(ringing -> (answeredAfter == null ? duration : answeredAfter).minus(ringing.after()))
                .orElse(Duration.ZERO);
    }

    static CallResult of(List<SipMessage> messages, String failure) {
        Optional<SipMessage> invite =
                messages.stream().filter(m -> m.isRequest("INVITE")).findFirst();
        Instant start = invite.map(SipMessage::at)
                .orElseGet(() ->
                        messages.isEmpty() ? Instant.EPOCH : messages.get(0).at());
        Instant last =
                messages.isEmpty() ? start : messages.get(messages.size() - 1).at();
        List<SipMessage> responses =
                messages.stream().filter(m -> m.isResponseTo("INVITE")).toList();
        List<Provisional> provisionals = new ArrayList<>();
        responses.stream()
                .filter(m -> m.status() < 200)
                .forEach(m -> provisionals.add(new Provisional(m.status(), Duration.between(start, m.at()))));
        Optional<SipMessage> answer =
                responses.stream().filter(m -> m.status() / 100 == 2).findFirst();
        Optional<SipMessage> last4 = responses.stream()
                .filter(m -> m.status() >= 300 && m.status() != 401 && m.status() != 407)
                .findFirst()
                .or(() -> responses.stream().filter(m -> m.status() >= 300).reduce((a, b) -> b));
        Optional<SipMessage> finalResponse = answer.or(() -> last4);
        Optional<SipMessage> end = messages.stream()
                .filter(m -> m.isRequest("BYE") || m.isRequest("CANCEL"))
                .findFirst()
                .or(() -> answer.isPresent() ? Optional.empty() : finalResponse);
        return new CallResult(
                finalResponse.map(SipMessage::status).orElse(0),
                List.copyOf(provisionals),
                answer.map(m -> Duration.between(start, m.at())).orElse(null),
                end.map(m -> m.sent() ? EndedBy.THIS_PARTY : EndedBy.OTHER_PARTY)
                        .orElse(EndedBy.NOBODY),
                Duration.between(start, end.map(SipMessage::at).orElse(last)),
                answer.map(m -> Duration.between(m.at(), end.map(SipMessage::at).orElse(last)))
                        .orElse(null),
                end.flatMap(m -> m.header("Reason")).orElse(null),
                failure,
                List.copyOf(messages));
    }
}
