package io.careflow.pstn.telnyx;

import io.careflow.pstn.NumberType;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One search: the request for it, and the filters once more on what comes back. Telnyx ignores a filter that it does not
 * understand without a word, and then offers any number.
 */
final class NumberSearch {
    private static final String OPERATION = "number.search";
    private static final String E164 = "\\+[1-9][0-9]{1,14}";

    private static final Set<NumberType> NEVER_LOCAL =
            Set.of(NumberType.TOLL_FREE, NumberType.PREMIUM_RATE, NumberType.SHARED_COST);

    private final NumberQuery query;

    /** @throws UnsupportedFeature if Telnyx cannot search like this */
    NumberSearch(ProviderId provider, NumberQuery query) {
        this.query = query;
        String pattern = query.pattern();
        if (pattern != null && pattern.contains("*")) {
            throw new UnsupportedFeature(
                    provider, OPERATION, "a pattern with *", List.of("a pattern of digits", "area code", "locality"));
        }
    }

    HttpCall request() {
        HttpCall call = HttpCall.of(OPERATION, "GET", "available_phone_numbers")
                .query("filter[country_code]", query.country())
                .query("filter[phone_number_type]", NumberWords.kind(query.kind()));
        if (query.areaCode() != null) {
            call = call.query("filter[national_destination_code]", query.areaCode());
        }
        if (query.pattern() != null) {
            call = call.query("filter[phone_number][contains]", query.pattern());
        }
        if (query.locality() != null) {
            call = call.query("filter[locality]", query.locality());
        }
        for (NumberFeature feature : NumberFeature.values()) {
            if (query.features().contains(feature)) {
                call = call.query("filter[features][]", feature.name().toLowerCase(Locale.ROOT));
            }
        }
        return call.query("filter[best_effort]", "false").query("filter[limit]", Integer.toString(query.limit()));
    }

    /** Whether the last digits are hidden, as trial accounts are shown numbers. */
    static boolean isRedacted(Fields found) {
        return !found.requireText("phone_number").matches(E164);
    }

    /** What was found, or empty if it is not what was asked for. */
    Optional<AvailableNumber> read(Fields found, boolean addressRequired) {
        String word = found.text("phone_number_type").orElse(NumberWords.kind(query.kind()));
        AvailableNumber read = new AvailableNumber(
                NumberWords.number(found),
                NumberWords.kind(word),
                word,
                region(found, "country_code").orElse(query.country()).toUpperCase(Locale.ROOT),
                region(found, "location").or(() -> region(found, "rate_center")).orElse(null),
                region(found, "state").orElse(null),
                features(found),
                price(found),
                addressRequired);
        return isWanted(found, read) ? Optional.of(read) : Optional.empty();
    }

    private boolean isWanted(Fields found, AvailableNumber read) {
        return read.kind() == query.kind()
                && read.country().equals(query.country())
                && isOfKind(read.number())
                && isOfCountry(read.number())
                && read.features().containsAll(query.features())
                && isInArea(read.number())
                && (query.pattern() == null || read.number().digits().contains(query.pattern()))
                && isInTown(found);
    }

    // Telnyx's answers name no kind, so the number itself is asked, as far as its plan tells.
    private boolean isOfKind(PhoneNumber number) {
        NumberType type = number.type();
        return switch (query.kind()) {
            case TOLL_FREE -> type == NumberType.TOLL_FREE || type == NumberType.UNKNOWN;
            case MOBILE -> !NEVER_LOCAL.contains(type) && type != NumberType.FIXED_LINE;
            case LOCAL -> !NEVER_LOCAL.contains(type) && type != NumberType.MOBILE;
            case NATIONAL, OTHER -> !NEVER_LOCAL.contains(type);
        };
    }

    // Nor always a country. Toll-free numbers of North America belong to several.
    private boolean isOfCountry(PhoneNumber number) {
        boolean shared = query.kind() == NumberKind.TOLL_FREE && number.digits().startsWith("1");
        return shared || number.country().map(query.country()::equals).orElse(true);
    }

    private boolean isInArea(PhoneNumber number) {
        return query.areaCode() == null || number.digits().startsWith(number.countryCode() + query.areaCode());
    }

    // Telnyx knows towns and rate centres, and says one or both or nothing.
    private boolean isInTown(Fields found) {
        String wanted = query.locality();
        if (wanted == null) {
            return true;
        }
        List<String> towns = List.of("location", "rate_center").stream()
                .flatMap(type -> region(found, type).stream())
                .toList();
        return towns.isEmpty() || towns.stream().anyMatch(town -> plain(town).equals(plain(wanted)));
    }

    private static Optional<String> region(Fields found, String type) {
        return found.list("region_information").stream()
                .filter(region -> region.text("region_type").orElse("").equals(type))
                .flatMap(region -> region.text("region_name").stream())
                .findFirst();
    }

    private static Set<NumberFeature> features(Fields found) {
        EnumSet<NumberFeature> features = EnumSet.noneOf(NumberFeature.class);
        for (Fields feature : found.list("features")) {
            String name = feature.text("name").orElse("").toUpperCase(Locale.ROOT);
            for (NumberFeature known : NumberFeature.values()) {
                if (known.name().equals(name)) {
                    features.add(known);
                }
            }
        }
        return features;
    }

    private static NumberPrice price(Fields found) {
        return found.object("cost_information")
                .map(cost -> new NumberPrice(
                        cost.money("upfront_cost", "currency").orElse(null),
                        cost.money("monthly_cost", "currency").orElse(null)))
                .orElse(NumberPrice.UNKNOWN);
    }

    // 'Montreal' and 'MONTRÉAL' are one town.
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
