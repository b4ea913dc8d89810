package io.careflow.pstn.cost;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cost.MonthTally.Place;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.recording.Recording;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link CostReport}. What is added is counted and let go: memory grows with the numbers, users, providers and countries of
 * each month, not with the calls. Flat rates are told before calls are added. Not thread-safe.
 */
public final class CostReportBuilder {
    private final ZoneId zone;
    private final Instant asOf;
    private final YearMonth first;
    private final YearMonth last;
    private final Map<String, List<Fee>> plans = new HashMap<>();
    private final List<NumberRental> rentals = new ArrayList<>();
    private final Map<String, String> users = new HashMap<>();
    private final Map<YearMonth, MonthTally> months = new TreeMap<>();
    private boolean began;
    private long undated;

    CostReportBuilder(YearMonth first, YearMonth last, ZoneId zone, Instant asOf) {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("last month must not be before " + first + ": " + last);
        }
        this.first = first;
        this.last = last;
        this.zone = Objects.requireNonNull(zone, "zone");
        this.asOf = Objects.requireNonNull(asOf, "asOf");
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            months.put(month, new MonthTally(month, plans));
        }
    }

    /**
     * A fee of each month, such as a flat rate: {@link io.careflow.pstn.rating.ChannelPlan#monthlyFee}.
     *
     * @param provider as the calls spell it
     * @throws IllegalStateException if calls were added already: whose talk it paid for could not be told any more
     */
    public CostReportBuilder plan(String provider, Fee monthly) {
        if (began) {
            throw new IllegalStateException("plan of " + provider + " is told after calls; tell it before");
        }
        plans.computeIfAbsent(provider, name -> new ArrayList<>()).add(monthly);
        return this;
    }

    /** A number that is rented. What is added after it and names no user is for the number's user, if it has one. */
    public CostReportBuilder number(NumberRental rental) {
        rentals.add(rental);
        if (rental.user() != null) {
            users.put(rental.number().e164(), rental.user());
        }
        return this;
    }

    /** The calls that a report of these months is about, for stores. */
    public CdrQuery query() {
        return CdrQuery.between(begin(first), begin(last.plusMonths(1)));
    }

    /** Adds all calls of the span, one after the other. */
    public CostReportBuilder read(CdrStore store) {
        return read(store, query());
    }

    /**
     * Adds the calls that match, one after the other, for example of one tenant.
     *
     * @throws IllegalArgumentException if one started outside of the report's months
     */
    public CostReportBuilder read(CdrStore store, CdrQuery query) {
        store.each(query, this::add);
        return this;
    }

    /**
     * Adds a call. A call that a guard refused never was one for a carrier and has no price to know; whatever else has no price is of
     * unknown price.
     *
     * @throws IllegalArgumentException if it started outside of the report's months
     */
    public CostReportBuilder add(Cdr cdr) {
        String provider = cdr.carrier() == null ? cdr.call().provider().value() : cdr.carrier();
        CdrCost cost = cdr.cost();
        boolean paid = cdr.direction() != Direction.ON_NET && cdr.disposition() != Disposition.DENIED;
        Money booked = cost.amount();
        Money amount = booked == null || cost.exact() == null ? null : new Money(cost.exact(), booked.currency());
        call(
                cdr.times().started(),
                cdr.direction(),
                new Ends(provider, cdr.from(), cdr.to(), cdr.userId()),
                cdr.times().billableMillis(),
                amount,
                paid,
                cost.explanation());
        return this;
    }

    /**
     * Adds a call as its provider knows it, at the provider's own price; of no user. One without a start is counted as undated.
     *
     * @throws IllegalArgumentException if it started outside of the report's months
     */
    public CostReportBuilder add(ProviderCdr cdr) {
        String provider = cdr.call().provider().value();
        Instant started = cdr.started();
        if (started == null) {
            undated++;
            return this;
        }
        long millis = cdr.billedSeconds() == null ? 0 : Math.multiplyExact(cdr.billedSeconds(), 1000L);
        call(
                started,
                cdr.direction(),
                new Ends(provider, cdr.from(), cdr.to(), null),
                millis,
                cdr.price(),
                cdr.direction() != Direction.ON_NET,
                "not priced by " + provider);
        return this;
    }

    /**
     * Adds a text. One without a date is counted as undated.
     *
     * @throws IllegalArgumentException if it was sent outside of the report's months
     */
    public CostReportBuilder add(Message message) {
        Instant at = message.sentAt();
        if (at == null) {
            undated++;
            return this;
        }
        boolean in = message.status() == Message.Status.RECEIVED;
        String provider = message.ref().provider().value();
        String ours = in ? message.to() : message.from();
        Party theirs = party(in ? message.from() : message.to());
        Place place = new Place(provider, ours, userOf(ours), country(theirs));
        month(at)
                .add(
                        in ? CostKind.MESSAGES_IN : CostKind.MESSAGES_OUT,
                        place,
                        0,
                        message.price(),
                        "text not priced by " + provider);
        return this;
    }

    /**
     * Adds a recording, which itself knows no price; of no number, user or country. One without a date is counted as undated. How
     * long it is kept is not looked at.
     *
     * @param price what it costs in all, or null if that is not known
     * @throws IllegalArgumentException if it began outside of the report's months
     */
    public CostReportBuilder add(Recording recording, @Nullable Money price) {
        Instant at = recording.startedAt();
        if (at == null) {
            undated++;
            return this;
        }
        String provider = recording.ref().provider().value();
        long millis = recording.length() == null ? 0 : recording.length().toMillis();
        month(at)
                .add(
                        CostKind.RECORDINGS,
                        new Place(provider, "", "", ""),
                        millis,
                        price,
                        "recording not priced by " + provider);
        return this;
    }

    /**
     * The report, with the monthly fees of the months that have begun. The builder is of no use afterwards.
     *
     * @throws IllegalStateException if there is one already
     */
    public CostReport build() {
        if (months.isEmpty()) {
            throw new IllegalStateException("the report is built already");
        }
        List<CostMonth> built = new ArrayList<>();
        months.forEach((month, tally) -> {
            if (!begin(month).isAfter(asOf)) {
                rentals.stream().filter(rental -> rental.isPaidIn(month)).forEach(tally::rental);
                plans.forEach((provider, fees) -> fees.forEach(fee -> tally.plan(provider, fee)));
            }
            built.add(tally.build());
        });
        months.clear();
        return new CostReport(zone, asOf, built, undated);
    }

    /** Both sides of a call, and whose it is. */
    private record Ends(
            String provider, Party from, Party to, @Nullable String user) {}

    private void call(
            Instant started,
            Direction direction,
            Ends ends,
            long millis,
            @Nullable Money amount,
            boolean paid,
            String reason) {
        began = true;
        boolean in = direction == Direction.INBOUND;
        CostKind kind =
                in ? CostKind.CALLS_IN : direction == Direction.OUTBOUND ? CostKind.CALLS_OUT : CostKind.CALLS_ON_NET;
        String ours = (in ? ends.to : ends.from).address();
        String user = ends.user == null ? userOf(ours) : ends.user;
        Place place = kind == CostKind.CALLS_ON_NET
                ? new Place("", "", user, "")
                : new Place(ends.provider, ours, user, country(in ? ends.from : ends.to));
        MonthTally month = month(started);
        if (paid) {
            month.add(kind, place, millis, amount, reason);
        } else {
            month.free(kind, place, millis);
        }
    }

    /** Whom our number is for, if it is rented and for somebody. */
    private String userOf(String ours) {
        return users.getOrDefault(ours, "");
    }

    private MonthTally month(Instant at) {
        MonthTally month = months.get(YearMonth.from(at.atZone(zone)));
        if (month == null) {
            throw new IllegalArgumentException(at + " is not in a month from " + first + " to " + last + ", " + zone);
        }
        return month;
    }

    private Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    private static Party party(String address) {
        return address.length() > 256 ? Party.anonymous() : Party.of(address);
    }

    private static String country(Party party) {
        return party.number().flatMap(PhoneNumber::country).orElse("");
    }
}
