package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.messagedesk.MemoryMessageBook;
import io.careflow.pstn.messagedesk.MemoryOptOuts;
import io.careflow.pstn.messagedesk.MessageBook;
import io.careflow.pstn.messagedesk.MessageDesk;
import io.careflow.pstn.messagedesk.MessageDeskBuilder;
import io.careflow.pstn.messagedesk.MessageEntry;
import io.careflow.pstn.messagedesk.MessageListener;
import io.careflow.pstn.messagedesk.MessageQuote;
import io.careflow.pstn.messagedesk.MessageWish;
import io.careflow.pstn.messagedesk.MessageWords.Meaning;
import io.careflow.pstn.messagedesk.OptOuts;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A message desk on a stage, with a prepaid account, the standard guard and stores in memory. */
final class MessageScene implements AutoCloseable {
    static final TenantId TENANT = new TenantId("clinic");
    static final String TEXT = "Your appointment is tomorrow at nine.";
    private static final Money EACH = Money.of("0.0079", "USD");

    private final MessageStage stage;
    private final Pstn pstn;
    private final CreditLedger credit;
    private final @Nullable Admission admission;
    private final CreditAccount account = new CreditAccount(TENANT, "alice");
    private final MessageBook book = new MemoryMessageBook();
    private final OptOuts optOuts = new MemoryOptOuts();
    private final CallGuard guard;
    private int events;

    MessageScene(MessageStage stage, String paid, @Nullable OneStep together) {
        this.stage = stage;
        this.pstn = Pstn.of(stage.provider());
        OneStep stores = together == null ? OneStep.inMemory(stage.time().clock()) : together;
        this.credit = stores.credit();
        this.admission = together == null ? null : together.admission();
        this.guard = new CallGuard(
                GuardRulesBook.always(GuardRules.standard("CA")),
                stores.guards(),
                stage.time().clock());
        credit.open(account, CreditTerms.prepaid(Currency.getInstance("USD")));
        boolean unused = credit.pay(new CommandId("first-payment"), account, Money.of(paid, "USD"), "paid");
    }

    /** A node of the application. */
    MessageDesk desk() {
        return desk(builder -> builder);
    }

    /** A node that is a little different. */
    MessageDesk desk(UnaryOperator<MessageDeskBuilder> change) {
        MessageDeskBuilder builder = MessageDesk.builder()
                .providers(() -> pstn)
                .directory(new Numbers())
                .guard(guard)
                .credit(credit)
                .book(book)
                .optOuts(optOuts)
                .clock(stage.time().clock());
        if (admission != null) {
            builder.admission(admission);
        }
        if (stage.listed().isEmpty()) {
            builder.listed(wish -> Optional.of(EACH));
        }
        return change.apply(builder).build();
    }

    MessageWish wish(String command) {
        return wish(command, stage.theirs(), TEXT);
    }

    MessageWish wish(String command, PhoneNumber to, String text) {
        return MessageWish.of(new CommandId(command), TENANT, "alice", stage.ours(), to, text);
    }

    Money each() {
        return stage.listed().orElse(EACH);
    }

    Balance balance() {
        return credit.balance(account).orElseThrow();
    }

    /** A node opens the book for a wish and dies, before or while it sends. */
    void dies(MessageWish wish, boolean sending) {
        MessageEntry first = MessageEntry.first(wish, "unknown", stage.time().now());
        boolean mine = book.open(first).mine();
        HoldAnswer held = credit.reserve(new Hold(wish.command(), account, each(), Duration.ofHours(36), "text"));
        MessageQuote quote = new MessageQuote(SmsSegments.of(TEXT), each());
        MessageEntry next = first.become(
                        MessageEntry.State.SENDING, "", "", stage.time().now())
                .holding(quote, null);
        if (!mine || !(held instanceof HoldAnswer.Held) || (sending && !book.change(next))) {
            throw new AssertionError("the scene is not what it should be: " + held);
        }
    }

    /** Answers STOP and HELP at alice's cost, and notes what it hears. */
    MessageDeskBuilder replying(MessageDeskBuilder builder, List<String> heard) {
        return builder.replying(Meaning.STOP, "You get no more texts.")
                .replying(Meaning.HELP, "This is the clinic.")
                .account(wish -> account)
                .listener(new MessageListener() {
                    @Override
                    public void received(MessageReceived event, @Nullable Meaning meaning) {
                        heard.add(String.valueOf(meaning));
                    }
                });
    }

    OptOuts optOuts() {
        return optOuts;
    }

    MessageEntry entry(MessageWish wish) {
        return book.find(wish.command()).orElseThrow(() -> new AssertionError("no entry of " + wish));
    }

    MessageReceived says(String word) {
        String id = "said-" + ++events;
        return new MessageReceived(
                id,
                stage.time().now(),
                new MessageRef(stage.provider().id(), id),
                stage.theirs().e164(),
                stage.ours().e164(),
                word,
                List.of());
    }

    MessageStatusChanged delivered(MessageRef message) {
        return new MessageStatusChanged(
                "status-" + ++events, stage.time().now(), message, Message.Status.DELIVERED, "delivered", null);
    }

    void pass(Duration time) {
        stage.time().run(time);
    }

    @Override
    public void close() {
        pstn.close();
        stage.close();
    }

    private final class Numbers implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return number.equals(stage.ours())
                    ? Optional.of(new Did(number, TENANT, stage.provider().id().value(), null))
                    : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.empty();
        }
    }
}
