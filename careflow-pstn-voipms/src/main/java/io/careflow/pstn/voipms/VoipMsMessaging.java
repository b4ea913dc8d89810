package io.careflow.pstn.voipms;

import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Text messages. VoIP.ms keeps no key of ours, so one whose answer was lost is looked for among those that were sent to the same
 * recipient; it is taken for the lost one only if nothing else of this process can have made it, and never sent again.
 * Thread-safe.
 */
final class VoipMsMessaging implements Messaging {
    static final Set<Option<?>> OPTIONS = Set.of(VoipMsOptions.LONG_TEXT);
    private static final String SEND = "message.send";
    private static final int LONGEST_MMS = 2048;
    /** How far VoIP.ms's clock may be from ours; its times have whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(5);
    /** How long after our patience ended it may still have been sent. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final VoipMsClient client;
    private final RecordSettings settings;
    private final VoipMsMessages messages;
    private final MessageRows rows;
    private final Commands<MessageRequest, Message> commands;

    VoipMsMessaging(VoipMsClient client, RecordSettings settings, VoipMsMessages messages) {
        this.client = client;
        this.settings = settings;
        this.messages = messages;
        this.rows = new MessageRows(client, settings.clock());
        this.commands = new Commands<>(client.id(), SEND, client.clock());
    }

    @Override
    public Set<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Message send(MessageRequest request) {
        Outgoing outgoing = outgoing(request);
        return commands.once(
                request.commandId(),
                request,
                () -> sendAll(request, outgoing),
                doubt -> lookUp(request, outgoing, doubt));
    }

    @Override
    public Optional<Message> fetch(MessageRef message) {
        return messages.find("message.fetch", message).map(StoredMessage::message);
    }

    private Outgoing outgoing(MessageRequest request) {
        VoipMsOptions.requireKnown(client.id(), SEND, request.options(), OPTIONS);
        for (PhoneNumber number : List.of(request.from(), request.to())) {
            if (!WireNumbers.isNanp(number)) {
                throw new UnsupportedFeature(
                        client.id(), SEND, "a text between these countries", List.of("texts between numbers of +1"));
            }
        }
        String text = request.text();
        if (text.length() <= TextParts.LONGEST) {
            return new Outgoing(false, List.of(text));
        }
        LongText chosen = VoipMsOptions.value(request.options(), VoipMsOptions.LONG_TEXT);
        return switch (chosen == null ? settings.longTexts() : chosen) {
            case SPLIT -> new Outgoing(false, TextParts.of(text));
            case MMS -> mms(text);
            case REFUSE ->
                throw refused("the text has " + text.length() + " characters; VoIP.ms takes " + TextParts.LONGEST
                        + ". Option " + VoipMsOptions.LONG_TEXT.name() + " says whether to send it in parts or as MMS");
        };
    }

    private Outgoing mms(String text) {
        if (text.length() > LONGEST_MMS) {
            throw refused("the text has " + text.length() + " characters; VoIP.ms takes " + LONGEST_MMS + " in an MMS");
        }
        return new Outgoing(true, List.of(text));
    }

    private Message sendAll(MessageRequest request, Outgoing outgoing) {
        List<String> ids = new ArrayList<>();
        for (String text : outgoing.texts()) {
            VoipMsCall call = VoipMsCall.of(SEND, outgoing.mms() ? "sendMMS" : "sendSMS")
                    .with("did", WireNumbers.toWire(request.from()))
                    .with("dst", WireNumbers.toWire(request.to()))
                    .with("message", text);
            try {
                ids.add(client.write(call).requireText(outgoing.mms() ? "mms" : "sms"));
            } catch (PstnException e) {
                throw ids.isEmpty() ? e : partly(e, ids.size(), outgoing.texts().size());
            }
        }
        return new Message(
                new MessageRef(client.id(), MessageIds.of(String.join(",", ids), outgoing.mms())),
                request.from().e164(),
                request.to().e164(),
                Message.Status.QUEUED,
                "success",
                null,
                null,
                null,
                null);
    }

    private Message lookUp(MessageRequest request, Outgoing outgoing, Commands.Doubt doubt) {
        if (outgoing.texts().size() > 1) {
            throw failure(doubt.failure(), "the text was divided, so what became of it is not looked up");
        }
        Instant since = doubt.begun().minus(SLACK);
        Instant until = doubt.ended().plus(LATE);
        List<Message> candidates;
        long rivals;
        try {
            List<StoredMessage> sent = RecordDays.of(settings.clock(), since, until).stream()
                    .flatMap(days -> listed(request, outgoing, days).stream())
                    .toList();
            // Asked after the list was read, so that a command that got onto it meanwhile is known.
            rivals = commands.unsettled(request.commandId(), since.minus(LATE)).stream()
                    .filter(rival -> rival.from().equals(request.from())
                            && rival.to().equals(request.to())
                            && rival.text().equals(request.text()))
                    .count();
            Set<String> taken = commands.results().stream()
                    .map(message -> message.ref().id())
                    .collect(Collectors.toSet());
            candidates = sent.stream()
                    .filter(message -> isIt(message, request, outgoing, since, until))
                    .map(StoredMessage::message)
                    .filter(message -> !taken.contains(message.ref().id()))
                    .toList();
        } catch (PstnException e) {
            PstnException failure = failure(doubt.failure(), "and looking for the message failed");
            failure.addSuppressed(e);
            throw failure;
        }
        if (candidates.size() != 1 || rivals > 0) {
            throw failure(
                    doubt.failure(),
                    "VoIP.ms lists " + candidates.size() + " such messages since then, and " + rivals
                            + " other command(s) of this process may have made one; it is not sent again");
        }
        return candidates.get(0);
    }

    private List<StoredMessage> listed(MessageRequest request, Outgoing outgoing, RecordDays days) {
        return rows.of(
                "message.look-up",
                outgoing.mms(),
                days,
                WireNumbers.toWire(request.from()),
                WireNumbers.toWire(request.to()),
                "0");
    }

    private static boolean isIt(
            StoredMessage message, MessageRequest request, Outgoing outgoing, Instant since, Instant until) {
        Instant at = message.message().sentAt();
        return at != null
                && message.message().status() != Message.Status.RECEIVED
                && message.message().to().equals(request.to().e164())
                && !message.timeAmbiguous()
                && !at.isBefore(since)
                && at.isBefore(until)
                && message.text().strip().equals(outgoing.texts().get(0).strip());
    }

    private InvalidRequest refused(String reason) {
        return new InvalidRequest(Failure.of(client.id(), SEND, Effect.NONE, reason));
    }

    private static PstnException partly(PstnException failed, int sent, int all) {
        return failure(failed, sent + " of " + all + " parts were sent before");
    }

    private static PstnException failure(PstnException lost, String found) {
        Failure facts = lost.failure();
        Failure failure = new Failure(
                facts.provider(),
                facts.operation(),
                Effect.UNKNOWN,
                facts.reason() + "; " + found,
                facts.code(),
                facts.httpStatus(),
                facts.requestId(),
                facts.retryAfter());
        return lost instanceof ProtocolError
                ? new ProtocolError(failure, lost)
                : new ProviderUnavailable(failure, lost);
    }

    /**
     * What is sent.
     *
     * @param texts one message each
     */
    private record Outgoing(boolean mms, List<String> texts) {}
}
