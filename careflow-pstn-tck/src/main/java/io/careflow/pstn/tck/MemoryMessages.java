package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.Message.Status;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.NumberFeature;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text messages of an in-memory provider: sent after a second, delivered two seconds later. */
final class MemoryMessages implements Messaging {
    private static final Duration QUEUED_FOR = Duration.ofSeconds(1);
    private static final Duration ON_THE_WAY = Duration.ofSeconds(2);
    private static final String NOT_REACHABLE = "unreachable";
    private static final Set<String> STOP = Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "ARRET");
    private static final Set<String> START = Set.of("START", "UNSTOP");

    private final Switchboard board;
    private final MemoryLine line;
    private final MemoryNumbers numbers;
    private final MemoryAccount account;
    private final Map<MessageRef, Message> messages = new LinkedHashMap<>();
    private final Once<MessageRequest, MessageRef> sent = new Once<>();
    private final Set<PhoneNumber> optedOut = new HashSet<>();
    private final Set<PhoneNumber> unreachable = new HashSet<>();

    MemoryMessages(Switchboard board, MemoryLine line, MemoryNumbers numbers, MemoryAccount account) {
        this.board = board;
        this.line = line;
        this.numbers = numbers;
        this.account = account;
    }

    @Override
    public Message send(MessageRequest request) {
        request.options().keySet().stream().findFirst().ifPresent(option -> {
            throw new UnsupportedFeature(
                    board.id(),
                    Operation.MESSAGE_SEND.toString(),
                    "option '" + option.name() + "'",
                    List.of("no options"));
        });
        return line.write(
                Operation.MESSAGE_SEND,
                request,
                () -> known(sent.run(
                        request.commandId(),
                        request,
                        () -> line.nothing(
                                Operation.MESSAGE_SEND, "command '" + request.commandId() + "' was another request"),
                        () -> accept(request))));
    }

    @Override
    public Optional<Message> fetch(MessageRef message) {
        return line.read(Operation.MESSAGE_FETCH, () -> Optional.ofNullable(messages.get(message)));
    }

    void optOut(PhoneNumber recipient) {
        optedOut.add(recipient);
    }

    void cannotReach(PhoneNumber recipient) {
        unreachable.add(recipient);
    }

    void rate(MessageRef ref, Money price) {
        Message was = known(ref);
        messages.put(
                ref,
                new Message(
                        ref,
                        was.from(),
                        was.to(),
                        was.status(),
                        was.rawStatus(),
                        was.segments(),
                        price,
                        was.errorCode(),
                        was.sentAt()));
    }

    MessageReceived receive(PhoneNumber from, PhoneNumber to, String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        if (STOP.contains(word)) {
            optedOut.add(from);
        } else if (START.contains(word)) {
            optedOut.remove(from);
        }
        MessageRef ref = new MessageRef(board.id(), board.nextId("message"));
        int segments = SmsSegments.of(text).count();
        Instant now = board.time().now();
        messages.put(
                ref, new Message(ref, from.e164(), to.e164(), Status.RECEIVED, "received", segments, null, null, null));
        return new MessageReceived(board.nextId("event"), now, ref, from.e164(), to.e164(), text, List.of());
    }

    private MessageRef accept(MessageRequest request) {
        boolean capable = numbers.peek(request.from())
                .filter(number -> number.features().contains(NumberFeature.SMS))
                .isPresent();
        if (!capable) {
            throw refused(NotPermitted.Why.NOT_CAPABLE, request.from() + " is no number of this account that can text");
        }
        if (optedOut.contains(request.to())) {
            throw refused(NotPermitted.Why.OPTED_OUT, "the recipient has opted out");
        }
        account.requireCredit(Operation.MESSAGE_SEND);
        MessageRef ref = new MessageRef(board.id(), board.nextId("message"));
        int segments = SmsSegments.of(request.text()).count();
        messages.put(
                ref,
                new Message(
                        ref,
                        request.from().e164(),
                        request.to().e164(),
                        Status.QUEUED,
                        "queued",
                        segments,
                        null,
                        null,
                        null));
        board.time().after(QUEUED_FOR, () -> left(ref, request.to()));
        return ref;
    }

    private void left(MessageRef ref, PhoneNumber to) {
        become(ref, Status.SENT, null);
        boolean reached = !unreachable.contains(to);
        board.time()
                .after(
                        ON_THE_WAY,
                        () -> become(
                                ref, reached ? Status.DELIVERED : Status.UNDELIVERED, reached ? null : NOT_REACHABLE));
    }

    private void become(MessageRef ref, Status status, @Nullable String errorCode) {
        Message was = known(ref);
        Instant now = board.time().now();
        String raw = status.name().toLowerCase(Locale.ROOT);
        Instant sentAt = was.sentAt() == null ? now : was.sentAt();
        messages.put(
                ref,
                new Message(ref, was.from(), was.to(), status, raw, was.segments(), was.price(), errorCode, sentAt));
        board.publish(new MessageStatusChanged(board.nextId("event"), now, ref, status, raw, errorCode));
    }

    private Message known(MessageRef ref) {
        Message found = messages.get(ref);
        if (found == null) {
            throw new IllegalArgumentException("message " + ref + " does not exist");
        }
        return found;
    }

    private NotPermitted refused(NotPermitted.Why why, String reason) {
        return new NotPermitted(line.nothing(Operation.MESSAGE_SEND, reason), why);
    }
}
