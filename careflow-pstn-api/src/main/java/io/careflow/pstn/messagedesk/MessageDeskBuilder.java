package io.careflow.pstn.messagedesk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.GuardedAdmission;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.messagedesk.MessageWords.Meaning;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link MessageDesk} works with. What has no default must be given: providers, directory, guard, credit, book and
 * opt-outs. Not thread-safe.
 */
public final class MessageDeskBuilder {
    private @Nullable Supplier<Pstn> pstn;
    private @Nullable Directory directory;
    private Function<Did, ProviderId> carrier = did -> new ProviderId(did.carrier());
    private @Nullable MessagePricing selling;
    private @Nullable MessagePricing listed;
    private @Nullable CallGuard guard;
    private boolean unguarded;
    private @Nullable Credit credit;
    private @Nullable Admission admission;
    private Function<MessageWish, CreditAccount> account = wish -> new CreditAccount(wish.tenant(), wish.user());
    private @Nullable MessageBook book;
    private @Nullable OptOuts optOuts;
    private MessageWords words = MessageWords.standard();
    private final Map<Meaning, String> replies = new EnumMap<>(Meaning.class);
    private MessageListener listener = new MessageListener() {};
    private Clock clock = Clock.systemUTC();
    private MessageSettings settings = MessageSettings.defaults();

    MessageDeskBuilder() {}

    /** The providers, asked for when they are needed, as they may be made with the desk as their listener. */
    public MessageDeskBuilder providers(Supplier<Pstn> value) {
        pstn = value;
        return this;
    }

    /** Whose numbers are ours: only a number of the tenant's own sends. */
    public MessageDeskBuilder directory(Directory value) {
        directory = value;
        return this;
    }

    /** Which provider sends for a number; the one named by the number's carrier unless said. */
    public MessageDeskBuilder carrier(Function<Did, ProviderId> value) {
        carrier = value;
        return this;
    }

    /**
     * What carriers take for a part, for those that do not tell it by {@link io.careflow.pstn.account.Prices}. Texts are quoted and held at
     * it, and settled to the carrier's own price, up to what was held.
     */
    public MessageDeskBuilder listed(MessagePricing value) {
        listed = value;
        return this;
    }

    /** What customers pay for a part: texts are settled to it, by the parts that the carrier counts. What the carrier takes unless said. */
    public MessageDeskBuilder selling(MessagePricing value) {
        selling = value;
        return this;
    }

    /** Who lets texts pass. */
    public MessageDeskBuilder guard(CallGuard value) {
        guard = Objects.requireNonNull(value, "guard");
        unguarded = false;
        return this;
    }

    /** Lets every text pass: for tests, and for applications that guard elsewhere. */
    public MessageDeskBuilder unguarded() {
        guard = null;
        unguarded = true;
        return this;
    }

    /** Whose money is set aside; {@code NoCredit} for applications that bill elsewhere. */
    public MessageDeskBuilder credit(Credit value) {
        credit = value;
        return this;
    }

    /**
     * Counters and money are taken in one step, and given back in one: the admission of the guard's store and of this credit, such as
     * {@code PstnDatabase.admission()}. Without it the guard is asked first, and then the credit.
     */
    public MessageDeskBuilder admission(Admission value) {
        admission = value;
        return this;
    }

    /** Which account pays for a wish; the user's own unless said. */
    public MessageDeskBuilder account(Function<MessageWish, CreditAccount> value) {
        account = value;
        return this;
    }

    /** Where commands are kept: one for all nodes. */
    public MessageDeskBuilder book(MessageBook value) {
        book = value;
        return this;
    }

    /** Where choices of recipients are kept: one for all nodes. */
    public MessageDeskBuilder optOuts(OptOuts value) {
        optOuts = value;
        return this;
    }

    /** The words that recipients choose by; {@link MessageWords#standard} unless said. */
    public MessageDeskBuilder words(MessageWords value) {
        words = value;
        return this;
    }

    /**
     * Answers such a word with this text, as a wish of the number's owner, or of the user {@code replies} if it has none: guarded and
     * paid like any other. None unless said: Twilio and others answer by themselves, and the recipient would get two.
     */
    public MessageDeskBuilder replying(Meaning meaning, String text) {
        replies.put(meaning, text);
        return this;
    }

    /** Who hears of texts that came in and of settlements; nobody unless said. */
    public MessageDeskBuilder listener(MessageListener value) {
        listener = value;
        return this;
    }

    /** The clock; the system's unless said. */
    public MessageDeskBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** Times; {@link MessageSettings#defaults} unless said. */
    public MessageDeskBuilder settings(MessageSettings value) {
        settings = value;
        return this;
    }

    /**
     * Completes the desk.
     *
     * @throws IllegalStateException naming what is missing
     */
    public MessageDesk build() {
        if (guard == null && !unguarded) {
            throw new IllegalStateException("a message desk needs guard, or to be told that it is unguarded");
        }
        return new MessageDesk(new MessageParts(
                required("providers", pstn),
                required("directory", directory),
                carrier,
                selling,
                listed,
                guard,
                required("credit", credit),
                together(required("credit", credit)),
                account,
                required("book", book),
                required("optOuts", optOuts),
                words,
                Map.copyOf(replies),
                listener,
                clock,
                settings));
    }

    private @Nullable GuardedAdmission together(Credit money) {
        if (admission == null) {
            return null;
        } else if (guard == null) {
            throw new IllegalStateException("an unguarded message desk has no counters to ask; give it no admission");
        }
        return new GuardedAdmission(guard, money, admission);
    }

    private static <T> T required(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a message desk needs " + what);
        }
        return value;
    }
}
