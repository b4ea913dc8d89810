package io.careflow.pstn.desk;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardTicket;
import io.careflow.pstn.guard.TalkPrice;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** The library's own guard before a desk. Keeps nothing. */
final class GuardedCalls implements OutboundGuard {
    private final CallGuard guard;
    private final BiFunction<TenantId, String, Optional<Instant>> userSince;

    GuardedCalls(CallGuard guard, BiFunction<TenantId, String, Optional<Instant>> userSince) {
        this.guard = guard;
        this.userSince = Objects.requireNonNull(userSince, "userSince");
    }

    @Override
    public Ruling decide(Question question) {
        return ruling(guard.decide(request(question)));
    }

    GuardRequest request(Question question) {
        GuardPurpose purpose = switch (question.purpose()) {
            case CALLBACK, OWN_PHONE -> GuardPurpose.CALLBACK;
            case DIRECT -> GuardPurpose.CALL;
            case CONFERENCE -> GuardPurpose.CONFERENCE;
        };
        GuardRequest asked = GuardRequest.of(
                        question.holder(), question.tenant(), question.user(), purpose, question.destination())
                .priced(new Price(question))
                .wanting(question.wanted());
        return userSince
                .apply(question.tenant(), question.user())
                .map(asked::byUserSince)
                .orElse(asked);
    }

    static Ruling ruling(GuardDecision decision) {
        List<String> rules =
                decision.denials().stream().map(ruling -> ruling.rule().id()).toList();
        return new Ruling(
                decision.allowed(),
                rules,
                decision.because(),
                decision.longest(),
                decision.ticket().text());
    }

    @Override
    public void renew(String ticket, Duration lease) {
        boolean unused = guard.renew(GuardTicket.parse(ticket).holder(), lease);
    }

    @Override
    public void settle(String ticket, Duration talk, Money cost) {
        guard.settle(GuardTicket.parse(ticket), talk, cost);
    }

    CallGuard guard() {
        return guard;
    }

    void release(String holder) {
        guard.release(holder);
    }

    private record Price(Question question) implements TalkPrice {
        @Override
        public Money perMinute() {
            return question.perMinute();
        }

        @Override
        public Money whole(Duration talk) {
            return question.whole().apply(talk);
        }
    }
}
