package io.careflow.pstn.cost;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.ExactTotal;
import io.careflow.pstn.rating.Fee;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what belongs to one month: in all, and by each dimension. Not thread-safe. */
final class MonthTally {
    private final YearMonth month;
    private final Map<String, List<Fee>> plans;
    private final Tally all = new Tally();
    private final Map<CostDimension, Map<String, Tally>> groups = new EnumMap<>(CostDimension.class);

    MonthTally(YearMonth month, Map<String, List<Fee>> plans) {
        this.month = month;
        this.plans = plans;
        for (CostDimension dimension : CostDimension.values()) {
            groups.put(dimension, new TreeMap<>());
        }
    }

    /** Where something belongs; empty texts where that is not known. */
    record Place(String provider, String number, String user, String country) {
        String name(CostDimension dimension) {
            return switch (dimension) {
                case PROVIDER -> provider;
                case NUMBER -> number;
                case USER -> user;
                case COUNTRY -> country;
            };
        }
    }

    void add(CostKind kind, Place place, long millis, @Nullable Money amount, String reason) {
        boolean flat = (kind == CostKind.CALLS_IN || kind == CostKind.CALLS_OUT) && plans.containsKey(place.provider);
        add(all, kind, place, millis, amount, reason, flat);
        groups.forEach((dimension, byName) -> add(
                byName.computeIfAbsent(place.name(dimension), name -> new Tally()),
                kind,
                place,
                millis,
                amount,
                reason,
                flat));
    }

    private static void add(
            Tally tally, CostKind kind, Place place, long millis, @Nullable Money amount, String reason, boolean flat) {
        tally.add(kind, millis, amount, reason);
        if (flat) {
            tally.talk(place.provider, millis);
        }
    }

    /** Something that is never paid. */
    void free(CostKind kind, Place place, long millis) {
        all.free(kind, millis);
        groups.forEach((dimension, byName) -> byName.computeIfAbsent(place.name(dimension), name -> new Tally())
                .free(kind, millis));
    }

    void rental(NumberRental rental) {
        PhoneNumber number = rental.number();
        Place place = new Place(
                rental.provider(),
                number.e164(),
                rental.user() == null ? "" : rental.user(),
                number.country().orElse(""));
        add(CostKind.NUMBERS, place, 0, rental.monthly(), "rental of " + number);
    }

    /** A flat rate is nobody's but the provider's that takes it. */
    void plan(String provider, Fee fee) {
        Money amount = fee.amount();
        all.add(CostKind.PLANS, 0, amount, "");
        groups.getOrDefault(CostDimension.PROVIDER, Map.of())
                .computeIfAbsent(provider, name -> new Tally())
                .add(CostKind.PLANS, 0, amount, "");
    }

    CostMonth build() {
        Map<CostDimension, List<CostGroup>> built = new EnumMap<>(CostDimension.class);
        groups.forEach((dimension, byName) -> {
            List<CostGroup> list = new ArrayList<>();
            byName.forEach((name, tally) -> list.add(new CostGroup(name, tally.sums(), allocated(tally))));
            built.put(dimension, list);
        });
        return new CostMonth(month, all.sums(), built);
    }

    private Map<Currency, ExactTotal> allocated(Tally tally) {
        Map<Currency, ExactTotal> shares = new HashMap<>();
        plans.forEach((provider, fees) -> {
            long part = tally.talk(provider);
            if (part > 0) {
                for (Fee fee : fees) {
                    Currency currency = fee.each().currency();
                    ExactTotal share = ExactTotal.in(currency).plus(fee).share(part, all.talk(provider));
                    shares.merge(currency, share, ExactTotal::plus);
                }
            }
        });
        return shares;
    }
}
