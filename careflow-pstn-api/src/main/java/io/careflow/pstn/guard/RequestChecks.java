package io.careflow.pstn.guard;

import static io.careflow.pstn.guard.GuardRuling.Verdict.ALLOWED;
import static io.careflow.pstn.guard.GuardRuling.Verdict.DENIED;
import static io.careflow.pstn.guard.GuardRuling.Verdict.WOULD_DENY;

import io.careflow.pstn.NumberType;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules that need nothing but the request. All of them are asked, so that a refusal tells everything that is wrong. */
final class RequestChecks {
    private final GuardRules rules;
    private final GuardRequest request;
    private final List<GuardRuling> rulings = new ArrayList<>();

    private RequestChecks(GuardRules rules, GuardRequest request) {
        this.rules = rules;
        this.request = request;
    }

    static List<GuardRuling> of(GuardRules rules, GuardRequest request, Instant now) {
        RequestChecks checks = new RequestChecks(rules, request);
        if (NumberRisk.isEmergency(request.destination().e164(), rules.homeRegion())) {
            checks.say(GuardRule.EMERGENCY, false, "", "", "emergency calls are not placed here; dial them on a phone");
            return checks.rulings;
        }
        checks.number();
        checks.country(now);
        checks.prefixes();
        checks.say(
                GuardRule.MISSED_CALL,
                !request.unasked(),
                "",
                "",
                request.unasked()
                        ? "nobody asked for this call: a missed call is not called back"
                        : "somebody asked for it");
        checks.price();
        checks.duration();
        return checks.rulings;
    }

    static GuardRuling ruling(
            GuardRules rules, GuardRule rule, boolean fits, String limit, String current, String because) {
        return new GuardRuling(
                rule, fits ? ALLOWED : rules.isReportedOnly(rule) ? WOULD_DENY : DENIED, limit, current, because);
    }

    private void number() {
        PhoneNumber number = request.destination();
        PhoneNumber written = NumberRisk.written(number);
        if (!NumberRisk.isPossible(number)) {
            say(GuardRule.NUMBER, false, "", "", "no number of its country has this length");
        } else if (!written.equals(number)) {
            String because = "a national prefix stands behind its country code: it is written " + written;
            say(GuardRule.NUMBER, false, "", "", because);
        } else {
            boolean assignable = number.isAssignable();
            String because = assignable ? "a number in an assigned range" : "a warning: in no assigned range";
            say(GuardRule.NUMBER, true, "", "", because);
        }
        NumberType type = NumberRisk.type(number);
        boolean denied = rules.deniedTypes().contains(type);
        say(
                GuardRule.NUMBER_TYPE,
                !denied,
                "none of " + new TreeSet<>(rules.deniedTypes()),
                type.name(),
                denied ? "numbers of type " + type + " are not called" : "its type is not denied");
    }

    private void country(Instant now) {
        Optional<String> country = NumberRisk.isPossible(request.destination())
                ? NumberRisk.country(request.destination(), rules.homeRegion())
                : Optional.empty();
        boolean allowed = country.filter(rules.countries()::contains).isPresent();
        boolean home = country.filter(rules.homeRegion()::equals).isPresent();
        String shown = country.orElse("unknown");
        String abroad = country.isEmpty() ? "its country is unknown" : "it is in " + shown;
        say(
                GuardRule.COUNTRY,
                allowed,
                String.join(" ", new TreeSet<>(rules.countries())),
                shown,
                abroad + (allowed ? ", which is allowed" : ", and only listed countries are called"));
        BusinessHours hours = rules.hours();
        if (hours != null) {
            boolean open = hours.isOpen(now);
            say(
                    GuardRule.OFF_HOURS,
                    home || open,
                    hours.toString(),
                    now.atZone(hours.zone()).toLocalDateTime().toString(),
                    home ? "at home at any time" : open ? "within business hours" : "abroad outside of business hours");
        }
        newUser(home, now);
    }

    private void newUser(boolean home, Instant now) {
        Duration needed = seconds(GuardRule.NEW_USER);
        Instant since = request.userSince();
        boolean old = needed.isZero() || (since != null && !since.plus(needed).isAfter(now));
        say(
                GuardRule.NEW_USER,
                home || old,
                needed.toString(),
                since == null ? "unknown" : Duration.between(since, now).toString(),
                home
                        ? "at home from the first call on"
                        : old
                                ? "the user is old enough for calls abroad"
                                : since == null
                                        ? "it is not known how old the user is, and new users call at home only"
                                        : "new users call at home only");
    }

    private void prefixes() {
        PhoneNumber number = request.destination();
        deny(
                GuardRule.GLOBAL_PREFIX,
                NumberRisk.globalPrefix(number).map(found -> "+" + found + " is satellite or premium"));
        deny(
                GuardRule.DENIED_PREFIX,
                rules.deniedPrefixes().stream()
                        .filter(number.digits()::startsWith)
                        .findFirst()
                        .map(found -> "+" + found + " is denied"));
        deny(
                GuardRule.RISK_PREFIX,
                rules.risks()
                        .find(number)
                        .map(found -> "+" + found.digits() + ": " + found.because() + " (" + found.source() + ", "
                                + found.since() + ")"));
    }

    private void deny(GuardRule rule, Optional<String> found) {
        say(rule, found.isEmpty(), "", "", found.orElse("no such prefix"));
    }

    private void price() {
        Money minute = perMinute();
        boolean known = minute != null && minute.currency().equals(rules.currency()) && minute.signum() >= 0;
        say(
                GuardRule.NO_RATE,
                known,
                "",
                "",
                known
                        ? "its price is known"
                        : minute == null
                                ? "no price is known for it"
                                : "its price is not in " + rules.currency().getCurrencyCode()
                                        + ", the currency of the limits");
        if (known && minute != null) {
            Money most = new Money(rules.required(GuardRule.PRICE_PER_MINUTE), rules.currency());
            boolean fits = minute.compareTo(most) <= 0;
            say(
                    GuardRule.PRICE_PER_MINUTE,
                    fits,
                    most.toString(),
                    minute.toString(),
                    fits ? "cheap enough" : "it costs " + minute + ", more than " + most);
        }
    }

    /** A deck that cannot tell its price has none. */
    private @Nullable Money perMinute() {
        TalkPrice price = request.price();
        try {
            return price == null ? null : price.perMinute();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void duration() {
        if (request.purpose().isTalk()) {
            Duration most = seconds(GuardRule.DURATION);
            boolean fits = request.wanted().compareTo(most) <= 0;
            if (rules.asks(GuardRule.DURATION)) {
                rulings.add(new GuardRuling(
                        GuardRule.DURATION,
                        fits || !rules.isReportedOnly(GuardRule.DURATION) ? ALLOWED : WOULD_DENY,
                        most.toString(),
                        request.wanted().toString(),
                        fits ? "not too long" : "shortened to " + most));
            }
        }
    }

    private Duration seconds(GuardRule rule) {
        return Duration.ofSeconds(rules.required(rule).longValueExact());
    }

    private void say(GuardRule rule, boolean fits, String limit, String current, String because) {
        if (rules.asks(rule)) {
            rulings.add(ruling(rules, rule, fits, limit, current, because));
        }
    }
}
