package io.careflow.pstn.guard;

import io.careflow.pstn.guard.GuardBound.AtOnce;
import io.careflow.pstn.guard.GuardBound.Distinct;
import io.careflow.pstn.guard.GuardBound.Within;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a request asks of the counters, by the rules. */
final class Counters {
    /** More than anybody counts: the bounds of rules that only report. */
    static final BigDecimal UNLIMITED = new BigDecimal("1000000000000");

    static final Set<GuardRule> SPEND = Set.of(
            GuardRule.USER_SPEND_HOUR,
            GuardRule.USER_SPEND_DAY,
            GuardRule.TENANT_SPEND_HOUR,
            GuardRule.TENANT_SPEND_DAY);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final GuardRules rules;
    private final List<GuardBound> bounds = new ArrayList<>();

    private Counters(GuardRules rules) {
        this.rules = rules;
    }

    static List<GuardBound> of(GuardRules rules, GuardRequest request, Instant now, BigDecimal spend) {
        Counters counters = new Counters(rules);
        String user = GuardKeys.user(request.tenant(), request.user());
        String tenant = GuardKeys.tenant(request.tenant());
        boolean talk = request.purpose().isTalk();
        String kind = talk ? "calls/" : "texts/";
        counters.frozen(request);
        if (talk) {
            counters.atOnce(GuardRule.USER_AT_ONCE, user + "now");
            counters.atOnce(GuardRule.TENANT_AT_ONCE, tenant + "now");
        }
        counters.calls(GuardRule.USER_MINUTE, user + kind + "minute", MINUTE);
        counters.calls(GuardRule.USER_HOUR, user + kind + "hour", HOUR);
        counters.calls(GuardRule.USER_DAY, user + kind + "day", DAY);
        counters.calls(GuardRule.TENANT_MINUTE, tenant + kind + "minute", MINUTE);
        counters.calls(GuardRule.TENANT_HOUR, tenant + kind + "hour", HOUR);
        counters.calls(GuardRule.TENANT_DAY, tenant + kind + "day", DAY);
        counters.calls(GuardRule.ALL_MINUTE, GuardKeys.everybody() + kind + "minute", MINUTE);
        counters.destinations(request, user + kind);
        if (talk) {
            counters.within(
                    GuardRule.SHORT_CALLS,
                    GuardKeys.shortCalls(request.tenant(), request.user()),
                    HOUR,
                    BigDecimal.ZERO);
        }
        counters.spend(user, tenant, now, spend);
        return counters.bounds;
    }

    private void frozen(GuardRequest request) {
        if (rules.asks(GuardRule.FROZEN)) {
            Duration lasts = Duration.ofSeconds(rules.required(GuardRule.FROZEN).longValueExact());
            bounds.add(new Within(
                    GuardRule.FROZEN.id(),
                    GuardKeys.frozen(request.tenant(), request.user()),
                    lasts,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO));
        }
    }

    private void destinations(GuardRequest request, String key) {
        String digits = request.destination().digits();
        calls(GuardRule.REPEATS, key + "to/" + digits, Duration.ofMinutes(10));
        distinct(
                GuardRule.COUNTRIES,
                key + "countries",
                HOUR,
                NumberRisk.country(request.destination(), rules.homeRegion()).orElse("unknown"));
        distinct(GuardRule.DESTINATIONS, key + "numbers", HOUR, digits);
        String block = digits.substring(0, Math.max(1, digits.length() - 2));
        distinct(GuardRule.SEQUENTIAL, key + "block/" + block, DAY, digits);
    }

    private void spend(String user, String tenant, Instant now, BigDecimal spend) {
        within(GuardRule.USER_SPEND_HOUR, GuardKeys.hour(user, rules.currency()), HOUR, spend);
        // The day is in the key, so the window only has to be long enough.
        within(GuardRule.USER_SPEND_DAY, GuardKeys.day(user, rules.currency(), now), DAY.plus(HOUR), spend);
        within(GuardRule.TENANT_SPEND_HOUR, GuardKeys.hour(tenant, rules.currency()), HOUR, spend);
        within(GuardRule.TENANT_SPEND_DAY, GuardKeys.day(tenant, rules.currency(), now), DAY.plus(HOUR), spend);
    }

    private void calls(GuardRule rule, String key, Duration window) {
        within(rule, key, window, BigDecimal.ONE);
    }

    private void within(GuardRule rule, String key, Duration window, BigDecimal weight) {
        if (rules.asks(rule)) {
            bounds.add(new Within(rule.id(), key, window, weight, rules.required(rule)));
        }
    }

    private void distinct(GuardRule rule, String key, Duration window, String member) {
        if (rules.asks(rule)) {
            bounds.add(new Distinct(
                    rule.id(), key, window, member, rules.required(rule).intValueExact()));
        }
    }

    private void atOnce(GuardRule rule, String key) {
        if (rules.asks(rule)) {
            bounds.add(new AtOnce(rule.id(), key, rules.required(rule).intValueExact()));
        }
    }

    /** The same bound without its limit, for a rule that only reports. */
    static GuardBound unlimited(GuardBound bound) {
        if (bound instanceof Within within) {
            return new Within(within.rule(), within.key(), within.window(), within.weight(), UNLIMITED);
        } else if (bound instanceof Distinct distinct) {
            return new Distinct(
                    distinct.rule(), distinct.key(), distinct.window(), distinct.member(), Integer.MAX_VALUE);
        }
        return new AtOnce(bound.rule(), bound.key(), Integer.MAX_VALUE);
    }

    static GuardRule rule(GuardBound bound) {
        return GuardRule.find(bound.rule()).orElseThrow(() -> new IllegalStateException("no rule " + bound.rule()));
    }

    static String limit(GuardBound bound) {
        if (bound instanceof Within within) {
            boolean day = GuardRule.USER_SPEND_DAY.id().equals(within.rule())
                    || GuardRule.TENANT_SPEND_DAY.id().equals(within.rule());
            return within.most().toPlainString() + " in " + (day ? "a day" : within.window());
        } else if (bound instanceof Distinct distinct) {
            return distinct.most() + " in " + distinct.window();
        }
        return ((AtOnce) bound).most() + " at once";
    }
}
