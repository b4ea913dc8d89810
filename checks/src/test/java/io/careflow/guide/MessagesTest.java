package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.MemoryCredit;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.messagedesk.CostHint;
import io.careflow.pstn.messagedesk.MemoryMessageBook;
import io.careflow.pstn.messagedesk.MemoryOptOuts;
import io.careflow.pstn.messagedesk.MessageAnswer;
import io.careflow.pstn.messagedesk.MessageBook;
import io.careflow.pstn.messagedesk.MessageDesk;
import io.careflow.pstn.messagedesk.MessageQuote;
import io.careflow.pstn.messagedesk.MessageWish;
import io.careflow.pstn.messagedesk.OptOuts;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.tck.VirtualTime;
import io.careflow.pstn.twilio.TwilioBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What docs/messages.md shows, run in memory. */
class MessagesTest {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550199");

    // snippet: desk
    static MessageDesk desk(
            Supplier<Pstn> pstn,
            Directory directory,
            CallGuard guard,
            Credit credit,
            Admission admission,
            MessageBook book,
            OptOuts optOuts) {
        return MessageDesk.builder()
                .providers(pstn)
                .directory(directory)
                .guard(guard)
                .credit(credit)
                .admission(admission)
                .book(book)
                .optOuts(optOuts)
                .build();
    }
    // end

    // snippet: texts-start
    static MessageDesk start(TwilioBuilder twilio, PstnDatabase database, CallGuard guard) {
        AtomicReference<Pstn> pstn = new AtomicReference<>(Pstn.of()); // no provider yet: each wants the other
        MessageDesk desk = desk(
                pstn::get,
                database.directory(),
                guard,
                database.credit(),
                database.admission(),
                database.messages(),
                database.optOuts());
        pstn.set(Pstn.of(twilio.telling(desk::accept).build())); // what Twilio tells goes to the desk
        return desk;
    }
    // end

    // snippet: remind
    static String remind(MessageDesk desk, TenantId clinic, PhoneNumber from, PhoneNumber patient) {
        CommandId command = new CommandId("reminder-of-appointment-4711");
        MessageWish wish =
                MessageWish.of(command, clinic, "anna", from, patient, "Your appointment is tomorrow at nine.");
        String quote = desk.quote(wish).map(MessageQuote::toString).orElse("price unknown");
        MessageAnswer answer = desk.send(wish);
        if (answer instanceof MessageAnswer.Sent sent) {
            return sent.message() + " for " + quote;
        } else if (answer instanceof MessageAnswer.Denied denied) {
            return "denied by " + denied.rules() + ": " + denied.because();
        } else if (answer instanceof MessageAnswer.OptedOut out) {
            return "call them instead: " + out.because();
        }
        return answer.toString();
    }
    // end

    @Test
    void aReminder() {
        VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T12:00:00Z"));
        Clock clock = time.clock();
        MemoryCredit credit = new MemoryCredit(clock);
        CreditAccount account = new CreditAccount(TenantId.DEFAULT, "anna");
        credit.open(account, CreditTerms.prepaid(Currency.getInstance("USD")));
        assertThat(credit.pay(new CommandId("invoice-17"), account, Money.of("20", "USD"), "card"))
                .isTrue();
        MemoryGuardStore counters = new MemoryGuardStore(clock);
        CallGuard guard = new CallGuard(GuardRulesBook.always(GuardRules.standard("CA")), counters, clock);
        AtomicReference<Pstn> pstn = new AtomicReference<>(Pstn.of());
        MessageDesk desk = desk(
                pstn::get,
                new OneNumber(),
                guard,
                credit,
                Admission.of(counters, credit),
                new MemoryMessageBook(),
                new MemoryOptOuts());
        InMemoryProvider carrier = InMemoryProvider.answeredBy(
                        event -> CallFlow.start().hangUp())
                .time(time)
                .tellingEverything(desk::accept)
                .start();
        pstn.set(Pstn.of(carrier));
        carrier.carrier().owns(OURS);
        carrier.carrier().listsTexts("+1", Money.of("0.0083", "USD"));

        assertThat(remind(desk, TenantId.DEFAULT, OURS, PATIENT))
                .isEqualTo("memory/message-00000001 for 0.0083 USD: 1 part of GSM_7 at 0.0083 USD");
        assertThat(remind(desk, TenantId.DEFAULT, OURS, PATIENT)).startsWith("Repeated");
        assertThat(remind(desk, TenantId.DEFAULT, OURS, OURS)).startsWith("Conflicting");

        carrier.time().runUntilIdle();
        assertThat(carrier.carrier().texts(PATIENT, OURS, "STOP").text()).isEqualTo("STOP");
        carrier.time().runUntilIdle();
        MessageWish another = MessageWish.of(new CommandId("two"), TenantId.DEFAULT, "anna", OURS, PATIENT, "Hello");
        assertThat(desk.send(another)).isInstanceOf(MessageAnswer.OptedOut.class);
    }

    @Test
    void callOrText() {
        Instant now = Instant.parse("2026-03-02T12:00:00Z");
        Rater customers = Rater.of(List.of(RateDeck.builder("retail", "1", "customers", Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .add(Rate.builder("1").perMinute("0.02").increments(60, 60).build())
                .build()));
        MessageQuote text = new MessageQuote(SmsSegments.of("x".repeat(161)), Money.of("0.0083", "USD"));
        // snippet: hint
        Quote call = customers.quote("customers", Direction.OUTBOUND, PATIENT.digits(), now);
        CostHint hint = CostHint.of(text, call, 3);
        // end
        assertThat(hint.cheaper()).isEqualTo(CostHint.Cheaper.TEXT);
        assertThat(hint.explanation())
                .isEqualTo("a text of 2 parts costs 0.0166 USD, a call of 3 minutes 0.06 USD: text, 0.0434 USD less");
    }

    private static final class OneNumber implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return number.equals(OURS)
                    ? Optional.of(new Did(number, TenantId.DEFAULT, "memory", null))
                    : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.empty();
        }
    }
}
