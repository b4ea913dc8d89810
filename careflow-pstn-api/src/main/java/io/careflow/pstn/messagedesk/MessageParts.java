package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.admission.GuardedAdmission;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardTicket;
import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.messagedesk.MessageWords.Meaning;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a message desk works with. */
record MessageParts(
        Supplier<Pstn> pstn,
        Directory directory,
        Function<Did, ProviderId> carrier,
        @Nullable MessagePricing selling,
        @Nullable MessagePricing listed,
        @Nullable CallGuard guard,
        Credit credit,
        @Nullable GuardedAdmission admission,
        Function<MessageWish, CreditAccount> account,
        MessageBook book,
        OptOuts optOuts,
        MessageWords words,
        Map<Meaning, String> replies,
        MessageListener listener,
        Clock clock,
        MessageSettings settings) {

    /** The number of ours that a wish names; empty if it is not the tenant's. */
    Optional<Did> sender(MessageWish wish) {
        return directory.did(wish.from()).filter(did -> did.tenant().equals(wish.tenant()));
    }

    /** Throws what the carrier throws. */
    Optional<MessageQuote> quote(MessageWish wish, Did did) {
        MessagePricing told = listed == null ? asked -> carriers(asked, did) : listed;
        MessagePricing prices = selling == null ? told : selling;
        return prices.perPart(wish)
                .map(each -> new MessageQuote(SmsSegments.of(wish.request().text()), each));
    }

    private Optional<Money> carriers(MessageWish wish, Did did) {
        return pstn.get()
                .provider(carrier.apply(did))
                .find(io.careflow.pstn.account.Prices.class)
                .flatMap(prices -> prices.message(wish.from(), wish.to()));
    }

    /** Nothing was sent: what was taken is free again. What cannot be given back now is free when its lease ends. */
    void free(MessageEntry entry, String because) {
        MessageQuote quote = entry.quote();
        if (quote == null) {
            return;
        }
        Money nothing = Money.zero(quote.perPart().currency());
        if (admission != null) {
            quietly(() -> settle(entry, nothing, because));
            return;
        }
        quietly(() -> credit.release(entry.command(), because));
        quietly(() -> count(entry.ticket(), nothing));
    }

    /** Who takes the counters for a command. */
    static String holder(CommandId command) {
        return "text:" + command;
    }

    /** Its node died before it was sent, perhaps after it was decided. */
    void lost(MessageEntry entry, String because) {
        if (admission == null) {
            credit.release(entry.command(), because);
            return;
        }
        GuardTicket ticket =
                new GuardTicket(holder(entry.command()), entry.tenant(), entry.user(), entry.to(), entry.changedAt());
        admission.cancel(ticket, entry.command(), because);
    }

    /** It cost this much, or nothing. The same again changes nothing. */
    void settle(MessageEntry entry, Money amount, String because) {
        String ticket = entry.ticket();
        if (admission != null && ticket != null) {
            admission.settle(GuardTicket.parse(ticket), entry.command(), Duration.ZERO, amount, because);
            return;
        }
        if (amount.signum() == 0) {
            credit.release(entry.command(), because);
        } else {
            Object unused = credit.settle(entry.command(), amount, because);
        }
        count(ticket, amount);
    }

    /** A carrier that refused once because of a choice refuses again, so one that cannot be kept now is learnt then. */
    void learn(OptChoice choice) {
        quietly(() -> {
            boolean unused = optOuts.put(choice);
        });
    }

    /** The guard learns what it cost. */
    void count(@Nullable String ticket, Money cost) {
        if (guard != null && ticket != null) {
            guard.settle(GuardTicket.parse(ticket), Duration.ZERO, cost);
        }
    }

    private static void quietly(Runnable release) {
        try {
            release.run();
        } catch (RuntimeException e) {
            // Leases end by themselves; what was decided about the text must not be lost over it.
            return;
        }
    }
}
