package io.careflow.pstn.guard;

import io.careflow.pstn.NumberType;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one tenant. {@link #standard} is narrow: the home country, two calls at once, 2.00 a day. Immutable; each method
 * gives other rules.
 */
public final class GuardRules {
    private static final Set<NumberType> DENIED_TYPES = Set.of(
            NumberType.PREMIUM_RATE,
            NumberType.SHARED_COST,
            NumberType.UAN,
            NumberType.PERSONAL_NUMBER,
            NumberType.PAGER,
            NumberType.VOICEMAIL);

    private final Draft is;

    private GuardRules(Draft draft) {
        this.is = draft;
    }

    /**
     * The defaults, in US dollars, for a tenant at home in this region.
     *
     * @param homeRegion ISO 3166 code of the country, such as {@code CA}
     * @throws IllegalArgumentException if there is no such region
     */
    public static GuardRules standard(String homeRegion) {
        if (!PhoneNumber.isRegion(homeRegion)) {
            throw new IllegalArgumentException(
                    "homeRegion is '" + homeRegion + "'; expected an ISO 3166 code such as CA");
        }
        Draft draft = new Draft(homeRegion);
        draft.countries.add(homeRegion);
        draft.types.addAll(DENIED_TYPES);
        return new GuardRules(draft);
    }

    /** Countries that may be reached besides the home country: ISO 3166 codes. */
    public GuardRules allowing(String... regions) {
        for (String region : regions) {
            if (!PhoneNumber.isRegion(region)) {
                throw new IllegalArgumentException("country is '" + region + "'; expected an ISO 3166 code such as CA");
            }
        }
        return with(draft -> draft.countries.addAll(Set.of(regions)));
    }

    /** Prefixes that are refused: digits with the country code, without plus. */
    public GuardRules denying(String... prefixes) {
        Set<String> added = Set.of(prefixes);
        if (!added.stream().allMatch(prefix -> prefix.matches("[1-9][0-9]{0,14}"))) {
            throw new IllegalArgumentException("denied prefixes are digits with the country code, 1 to 15 like 44844");
        }
        return with(draft -> draft.prefixes.addAll(added));
    }

    /** The types that are refused, instead of those before. */
    public GuardRules denyingTypes(Set<NumberType> types) {
        return with(draft -> {
            draft.types.clear();
            draft.types.addAll(types);
        });
    }

    /** Another list of prefixes that fraudsters earn by. */
    public GuardRules withRisks(RiskList risks) {
        return with(draft -> draft.risks = risks);
    }

    /** Numbers abroad only within these hours. */
    public GuardRules abroadWithin(BusinessHours hours) {
        return with(draft -> draft.hours = hours);
    }

    /** Amounts are in this currency. Their values stay as they are: set them as well. */
    public GuardRules inCurrency(Currency currency) {
        return with(draft -> draft.currency = currency);
    }

    /**
     * Another limit of a rule: a number, an amount in {@link #currency}, or seconds, see {@link GuardRule#unit}.
     *
     * @throws IllegalArgumentException if the rule has no limit, or it is negative, or no whole number where one is needed
     */
    public GuardRules limit(GuardRule rule, BigDecimal value) {
        boolean whole = rule.unit() == GuardRule.Unit.COUNT || rule.unit() == GuardRule.Unit.SECONDS;
        if (rule.unit() == GuardRule.Unit.NONE) {
            throw new IllegalArgumentException("rule " + rule.id() + " has no limit");
        } else if (value.signum() < 0 || (whole && value.stripTrailingZeros().scale() > 0)) {
            throw new IllegalArgumentException("limit of " + rule.id() + " is " + value.toPlainString()
                    + "; allowed is " + (whole ? "a whole number" : "a number") + " from 0 on");
        } else if (whole && value.compareTo(BigDecimal.valueOf(1_000_000_000)) > 0) {
            throw new IllegalArgumentException("limit of " + rule.id() + " is more than 1000000000");
        } else if (rule == GuardRule.FROZEN && (value.signum() == 0 || value.compareTo(new BigDecimal(86_400)) > 0)) {
            throw new IllegalArgumentException("limit of frozen is " + value + "; allowed are 1 to 86400 seconds");
        }
        return with(draft -> draft.limits.put(rule, value));
    }

    /** Another limit of a rule, a whole number. */
    public GuardRules limit(GuardRule rule, int value) {
        return limit(rule, BigDecimal.valueOf(value));
    }

    /** Another limit of a rule of money, in the currency of these rules. */
    public GuardRules limit(GuardRule rule, Money value) {
        if (rule.unit() != GuardRule.Unit.MONEY || !value.currency().equals(is.currency)) {
            throw new IllegalArgumentException(
                    "limit of " + rule.id() + " is no amount in " + is.currency.getCurrencyCode());
        }
        return limit(rule, value.amount());
    }

    /**
     * Below this within an hour nobody burns: a user who hardly ever calls may call.
     *
     * @param value in the currency of these rules
     */
    public GuardRules burningFrom(BigDecimal value) {
        return with(draft -> draft.burnFloor = value);
    }

    /** The shortest talk that is worth a call where what is left does not pay the whole; less is refused. */
    public GuardRules talkingAtLeast(Duration value) {
        return with(draft -> draft.leastTalk = value);
    }

    /** The conversation must have lasted so long, or it was a short call. */
    public GuardRules shortBelow(Duration value) {
        return with(draft -> draft.shortTalk = value);
    }

    /**
     * Rules that are not asked.
     *
     * @throws IllegalArgumentException if it is one that nobody may leave out: {@code rules}, {@code store}, {@code emergency}
     */
    public GuardRules without(GuardRule... rules) {
        for (GuardRule rule : rules) {
            if (rule == GuardRule.RULES || rule == GuardRule.STORE || rule == GuardRule.EMERGENCY) {
                throw new IllegalArgumentException("rule " + rule.id() + " cannot be left out");
            }
        }
        return with(draft -> draft.off.addAll(Set.of(rules)));
    }

    /** Rules that only report: they say what they would refuse, and count on. */
    public GuardRules reportingOnly(GuardRule... rules) {
        return with(draft -> draft.dry.addAll(Set.of(rules)));
    }

    /** Everything only reports, except that emergency numbers are refused. For a first look at live traffic. */
    public GuardRules dryRun() {
        return with(draft -> draft.dry.addAll(EnumSet.complementOf(EnumSet.of(GuardRule.EMERGENCY))));
    }

    /** The home country. */
    public String homeRegion() {
        return is.homeRegion;
    }

    /** The countries that may be reached, the home country among them. */
    public Set<String> countries() {
        return Set.copyOf(is.countries);
    }

    /** Currency of all amounts. */
    public Currency currency() {
        return is.currency;
    }

    /** The limit of a rule, if it has one. */
    public Optional<BigDecimal> limit(GuardRule rule) {
        return Optional.ofNullable(is.limits.get(rule)).or(rule::standard);
    }

    /** Whether the rule is asked. */
    public boolean asks(GuardRule rule) {
        return !is.off.contains(rule);
    }

    /** Whether the rule only reports. */
    public boolean isReportedOnly(GuardRule rule) {
        return is.dry.contains(rule);
    }

    BigDecimal required(GuardRule rule) {
        return limit(rule).orElseThrow(() -> new IllegalStateException("rule " + rule.id() + " has no limit"));
    }

    Set<NumberType> deniedTypes() {
        return is.types;
    }

    Set<String> deniedPrefixes() {
        return is.prefixes;
    }

    RiskList risks() {
        return is.risks;
    }

    @Nullable
    BusinessHours hours() {
        return is.hours;
    }

    BigDecimal burnFloor() {
        return is.burnFloor;
    }

    Duration leastTalk() {
        return is.leastTalk;
    }

    Duration shortTalk() {
        return is.shortTalk;
    }

    /** Home, countries and the limits that differ from the defaults. */
    @Override
    public String toString() {
        return "rules of " + is.homeRegion + ": countries " + new TreeSet<>(is.countries)
                + is.limits.entrySet().stream()
                        .map(limit -> ", " + limit.getKey().id().toLowerCase(Locale.ROOT) + " "
                                + limit.getValue().toPlainString())
                        .collect(Collectors.joining());
    }

    private GuardRules with(Consumer<Draft> change) {
        Draft copy = new Draft(is);
        change.accept(copy);
        return new GuardRules(copy);
    }

    /** The values while rules are made; never changed afterwards. */
    private static final class Draft {
        private final String homeRegion;
        private final Set<String> countries = new TreeSet<>();
        private final Set<String> prefixes = new TreeSet<>();
        private final Set<NumberType> types = EnumSet.noneOf(NumberType.class);
        private final Map<GuardRule, BigDecimal> limits = new EnumMap<>(GuardRule.class);
        private final Set<GuardRule> off = EnumSet.noneOf(GuardRule.class);
        private final Set<GuardRule> dry = EnumSet.noneOf(GuardRule.class);
        private RiskList risks = RiskList.standard();
        private @Nullable BusinessHours hours;
        private Currency currency = Currency.getInstance("USD");
        private BigDecimal burnFloor = BigDecimal.ONE;
        private Duration leastTalk = Duration.ofMinutes(1);
        private Duration shortTalk = Duration.ofSeconds(10);

        private Draft(String homeRegion) {
            this.homeRegion = homeRegion;
        }

        private Draft(Draft from) {
            this(from.homeRegion);
            countries.addAll(from.countries);
            prefixes.addAll(from.prefixes);
            types.addAll(from.types);
            limits.putAll(from.limits);
            off.addAll(from.off);
            dry.addAll(from.dry);
            risks = from.risks;
            hours = from.hours;
            currency = from.currency;
            burnFloor = from.burnFloor;
            leastTalk = from.leastTalk;
            shortTalk = from.shortTalk;
        }
    }
}
