package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Texts in memory and in virtual time. Not thread-safe, but its provider is. */
public final class InMemoryMessageStage implements MessageStage {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final PhoneNumber THEIRS = new PhoneNumber("+14165550199");
    private static final Duration UNTIL_DELIVERED = Duration.ofSeconds(4);

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
    private final Set<MessageRef> left = ConcurrentHashMap.newKeySet();
    private final InMemoryProvider carrier = InMemoryProvider.answeredBy(
                    event -> CallFlow.start().hangUp())
            .time(time)
            .tellingEverything(this::told)
            .start();

    /** A carrier with one number of ours and a price list. */
    public InMemoryMessageStage() {
        carrier.carrier().owns(OURS);
        carrier.carrier().listsTexts("+", Money.of("0.0083", "USD"));
    }

    @Override
    public PstnProvider provider() {
        return carrier;
    }

    @Override
    public VirtualTime time() {
        return time;
    }

    @Override
    public PhoneNumber ours() {
        return OURS;
    }

    @Override
    public PhoneNumber theirs() {
        return THEIRS;
    }

    @Override
    public Optional<Money> listed() {
        return Optional.of(Money.of("0.0083", "USD"));
    }

    @Override
    public boolean optedOut() {
        carrier.carrier().optsOut(THEIRS);
        return true;
    }

    @Override
    public void refuses() {
        carrier.carrier().failNext(Operation.MESSAGE_SEND, new ProviderUnavailable(failure(Effect.NONE)));
    }

    @Override
    public void losesAnswer() {
        carrier.carrier().failNextAfterDoing(Operation.MESSAGE_SEND, new ProviderUnavailable(failure(Effect.UNKNOWN)));
    }

    @Override
    public boolean delivered(MessageRef message, @Nullable Money price) {
        time.run(UNTIL_DELIVERED);
        if (price != null) {
            carrier.carrier().rates(message, price);
        }
        return true;
    }

    @Override
    public MessageRef unknown() {
        return new MessageRef(carrier.id(), "unheard-of");
    }

    @Override
    public int arrived() {
        time.run(UNTIL_DELIVERED);
        return left.size();
    }

    @Override
    public void close() {
        carrier.close();
    }

    private Failure failure(Effect effect) {
        return Failure.of(carrier.id(), Operation.MESSAGE_SEND.toString(), effect, "no answer in time");
    }

    private void told(PstnEvent event) {
        if (event instanceof MessageStatusChanged changed) {
            left.add(changed.message());
        }
    }
}
