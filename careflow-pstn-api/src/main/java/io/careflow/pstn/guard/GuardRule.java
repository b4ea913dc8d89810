package io.careflow.pstn.guard;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules, in the order in which they are asked: first those that need nothing but the request, then those that count. */
public enum GuardRule {
    /** The rules are there. Without them everything is refused. */
    RULES(Unit.NONE, null),
    /** No emergency number: an API must not pretend that help is on the way. */
    EMERGENCY(Unit.NONE, null),
    /** The number is possible by its length, and written without national prefix. One in no assigned range is only told. */
    NUMBER(Unit.NONE, null),
    /** The number's country is allowed, by number metadata, never by +1. */
    COUNTRY(Unit.NONE, null),
    /** The number is of no denied type: premium rate, shared cost and the like. */
    NUMBER_TYPE(Unit.NONE, null),
    /** No satellite, no international premium or shared code. */
    GLOBAL_PREFIX(Unit.NONE, null),
    /** No prefix that this tenant denies. */
    DENIED_PREFIX(Unit.NONE, null),
    /** No prefix of the list of those that fraudsters earn by. */
    RISK_PREFIX(Unit.NONE, null),
    /** Nobody calls back by itself what was missed: that is what Wangiri calls are for. */
    MISSED_CALL(Unit.NONE, null),
    /** Within business hours, if the number is abroad. Asked only if hours are set. */
    OFF_HOURS(Unit.NONE, null),
    /** Users of less age reach the home country only. */
    NEW_USER(Unit.SECONDS, "86400"),
    /** A price is known, in the currency of the limits. */
    NO_RATE(Unit.NONE, null),
    /** The dearest minute. */
    PRICE_PER_MINUTE(Unit.MONEY, "0.10"),
    /** The longest talk; a longer wish is shortened. */
    DURATION(Unit.SECONDS, "3600"),
    /** The counters answer. Without them everything is refused. */
    STORE(Unit.NONE, null),
    /** The user is not frozen; so long a freeze lasts. */
    FROZEN(Unit.SECONDS, "86400"),
    /** Calls of one user at the same time. */
    USER_AT_ONCE(Unit.COUNT, "2"),
    /** Calls of one tenant at the same time. */
    TENANT_AT_ONCE(Unit.COUNT, "10"),
    /** Calls of one user in a minute. */
    USER_MINUTE(Unit.COUNT, "3"),
    /** Calls of one user in an hour. */
    USER_HOUR(Unit.COUNT, "20"),
    /** Calls of one user in 24 hours. */
    USER_DAY(Unit.COUNT, "60"),
    /** Calls of one tenant in a minute. */
    TENANT_MINUTE(Unit.COUNT, "30"),
    /** Calls of one tenant in an hour. */
    TENANT_HOUR(Unit.COUNT, "300"),
    /** Calls of one tenant in 24 hours. */
    TENANT_DAY(Unit.COUNT, "2000"),
    /** Calls of all tenants in a minute. */
    ALL_MINUTE(Unit.COUNT, "300"),
    /** One user's calls to the same number in 10 minutes. */
    REPEATS(Unit.COUNT, "3"),
    /** Countries that one user reaches in an hour. */
    COUNTRIES(Unit.COUNT, "2"),
    /** Numbers that one user reaches in an hour. */
    DESTINATIONS(Unit.COUNT, "10"),
    /** Numbers of one block of a hundred that one user reaches in a day: machines dial one after the other. */
    SEQUENTIAL(Unit.COUNT, "3"),
    /** Short calls that one user made in the last hour: Wangiri, traffic pumping. */
    SHORT_CALLS(Unit.COUNT, "5"),
    /** What one user spends in an hour. */
    USER_SPEND_HOUR(Unit.MONEY, "2.00"),
    /** What one user spends in a day in UTC. */
    USER_SPEND_DAY(Unit.MONEY, "2.00"),
    /** What one tenant spends in an hour. */
    TENANT_SPEND_HOUR(Unit.MONEY, "50.00"),
    /** What one tenant spends in a day in UTC. */
    TENANT_SPEND_DAY(Unit.MONEY, "50.00"),
    /** So many times a user's mean day of the last seven spent within one hour: the user is frozen. Looked at when a call is settled. */
    FAST_BURN(Unit.FACTOR, "3");

    private final Unit unit;
    private final @Nullable BigDecimal standard;

    GuardRule(Unit unit, @Nullable String standard) {
        this.unit = unit;
        this.standard = standard == null ? null : new BigDecimal(standard);
    }

    /** Its name in records, reports and files, such as {@code price-per-minute}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What its limit is counted in; {@link Unit#NONE} if it has none. */
    public Unit unit() {
        return unit;
    }

    /** The limit unless another one is set; empty if the rule has none. */
    public Optional<BigDecimal> standard() {
        return Optional.ofNullable(standard);
    }

    /** The rule of this id, if there is one. */
    public static Optional<GuardRule> find(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** Why a counter refuses, in words. */
    String reached() {
        return switch (this) {
            case FROZEN -> "the user is frozen";
            case USER_AT_ONCE -> "the user has as many calls as are allowed at once";
            case TENANT_AT_ONCE -> "the tenant has as many calls as are allowed at once";
            case USER_MINUTE, USER_HOUR, USER_DAY -> "the user called too often";
            case TENANT_MINUTE, TENANT_HOUR, TENANT_DAY -> "the tenant called too often";
            case ALL_MINUTE -> "all tenants together called too often";
            case REPEATS -> "the user called this number too often";
            case COUNTRIES -> "the user reaches too many countries";
            case DESTINATIONS -> "the user reaches too many numbers";
            case SEQUENTIAL -> "the user reaches one number after the other of a block";
            case SHORT_CALLS -> "the user makes too many short calls";
            case USER_SPEND_HOUR, USER_SPEND_DAY -> "what the user may still spend does not pay it";
            case TENANT_SPEND_HOUR, TENANT_SPEND_DAY -> "what the tenant may still spend does not pay it";
            default -> "refused";
        };
    }

    boolean isCounted() {
        return compareTo(STORE) > 0 && this != FAST_BURN;
    }

    /** What a limit is counted in. */
    public enum Unit {
        /** No limit. */
        NONE,
        /** A whole number. */
        COUNT,
        /** An amount in the currency of the rules. */
        MONEY,
        /** Seconds. */
        SECONDS,
        /** So many times. */
        FACTOR
    }
}
