package io.careflow.pstn.messagedesk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.admission.GuardedAdmission;
import io.careflow.pstn.admission.GuardedAnswer;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardCase;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.TalkPrice;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.messagedesk.MessageEntry.State;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one wish: whose number it is, whether the recipient wants it, what it costs, whether rules allow it, and sets the money
 * aside. Whatever cannot be decided is a denial. Thread-safe.
 */
final class MessageClearance {
    private final MessageParts parts;

    MessageClearance(MessageParts parts) {
        this.parts = parts;
    }

    /**
     * Decides.
     *
     * @param despiteOptOut only for the one confirmation of an opt-out
     */
    Decision decide(MessageWish wish, boolean despiteOptOut) {
        try {
            return decided(wish, despiteOptOut);
        } catch (RuntimeException e) {
            return denied("undecided", "could not be decided: " + e.getClass().getSimpleName());
        }
    }

    private Decision decided(MessageWish wish, boolean despiteOptOut) {
        Optional<Did> did = parts.sender(wish);
        if (did.isEmpty()) {
            return denied("sender", wish.from() + " is no number of this tenant");
        }
        ProviderId id = parts.carrier().apply(did.get());
        PstnProvider carrier = parts.pstn().get().provider(id);
        Optional<Messaging> messaging = carrier.find(Messaging.class);
        if (messaging.isEmpty()) {
            return denied("carrier", id + ", the carrier of " + wish.from() + ", sends no texts");
        }
        Optional<OptChoice> out = parts.optOuts().find(wish.from(), wish.to()).filter(OptChoice::out);
        if (out.isPresent() && !despiteOptOut) {
            return new Refused(
                    State.OPTED_OUT,
                    "",
                    "the recipient wants no texts from " + wish.from() + " since "
                            + out.get().at() + ", as the "
                            + (out.get().source() + " said").toLowerCase(java.util.Locale.ROOT),
                    null);
        }
        Optional<MessageQuote> quote;
        try {
            quote = parts.quote(wish, did.get());
        } catch (PstnException e) {
            return denied("rate", "the price could not be asked: " + e.getMessage());
        }
        return quote.isEmpty()
                ? denied("rate", "what a text to " + wish.to() + " costs is not known")
                : guarded(wish, messaging.get(), quote.get());
    }

    private Decision guarded(MessageWish wish, Messaging messaging, MessageQuote quote) {
        CallGuard guard = parts.guard();
        if (guard == null) {
            return reserved(wish, messaging, quote, null);
        }
        GuardRequest request = GuardRequest.of(
                        MessageParts.holder(wish.command()),
                        wish.tenant(),
                        wish.user(),
                        GuardPurpose.MESSAGE,
                        wish.to())
                .priced(TalkPrice.flat(quote.price()));
        GuardedAdmission admission = parts.admission();
        if (admission != null) {
            return atOnce(admission, request, wish, messaging, quote);
        }
        GuardDecision ruling = guard.decide(request);
        if (!ruling.allowed()) {
            return denied(ruling);
        }
        String ticket = ruling.ticket().text();
        Decision decision = null;
        try {
            decision = reserved(wish, messaging, quote, ticket);
            return decision;
        } finally {
            if (!(decision instanceof Cleared)) {
                parts.count(ticket, Money.zero(quote.perPart().currency()));
            }
        }
    }

    private Decision atOnce(
            GuardedAdmission admission,
            GuardRequest request,
            MessageWish wish,
            Messaging messaging,
            MessageQuote quote) {
        GuardCase asked = admission.open(request);
        GuardDecision refusal = asked.refusal().orElse(null);
        if (refusal != null) {
            return denied(asked.conclude(refusal));
        }
        GuardedAnswer answer = admission.admit(asked, Duration.ZERO, hold(wish, quote));
        GuardDecision ruling = asked.conclude(answer.guard());
        HoldAnswer credit = answer.credit();
        if (credit == null) {
            return denied(ruling);
        }
        Decision decision = paid(credit, messaging, quote, asked.ticket().text());
        if (!(decision instanceof Cleared)) {
            admission.refused(asked, quote.price());
        }
        return decision;
    }

    private Decision reserved(MessageWish wish, Messaging messaging, MessageQuote quote, @Nullable String ticket) {
        HoldAnswer answer;
        try {
            answer = parts.credit().tryReserve(hold(wish, quote));
        } catch (RuntimeException e) {
            return denied("credit", "could not be asked: " + e.getClass().getSimpleName());
        }
        return paid(answer, messaging, quote, ticket);
    }

    private Hold hold(MessageWish wish, MessageQuote quote) {
        return new Hold(
                wish.command(),
                parts.account().apply(wish),
                quote.price(),
                parts.settings().lease(),
                "text to " + wish.to());
    }

    private static Decision paid(HoldAnswer answer, Messaging messaging, MessageQuote quote, @Nullable String ticket) {
        if (answer instanceof HoldAnswer.NotEnough less) {
            String because = less.available() + " available, " + less.asked() + " needed";
            return new Refused(State.NOT_PAID, less.available().toString(), because, quote);
        } else if (answer instanceof HoldAnswer.Refused refused) {
            return denied("credit", refused.because());
        }
        return new Cleared(messaging, quote, ticket);
    }

    private static Refused denied(GuardDecision ruling) {
        return new Refused(State.DENIED, ruling.ruleIds(), ruling.because(), null);
    }

    private static Refused denied(String rule, String because) {
        return new Refused(State.DENIED, rule, because, null);
    }

    /** What was decided. */
    sealed interface Decision {}

    /** It may be sent; this was taken for it. */
    record Cleared(
            Messaging messaging,
            MessageQuote quote,
            @Nullable String ticket) implements Decision {}

    /** It may not; nothing is taken. */
    record Refused(
            State state,
            String detail,
            String because,
            @Nullable MessageQuote quote) implements Decision {}
}
