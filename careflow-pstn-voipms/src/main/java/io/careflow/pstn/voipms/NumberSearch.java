package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One search among the numbers that VoIP.ms has for sale in the United States and Canada. It asks with one filter, and the others are
 * applied to what comes back. A town is a rate centre, alone or with its state or province ({@code MIAMI, FL}); a state or
 * province may stand alone ({@code ON}). Prices are those of the plan that is paid per minute.
 */
final class NumberSearch {
    private static final String OPERATION = "number.search";
    private static final List<String> COUNTRIES = List.of("CA", "US");
    private static final Set<NumberFeature> FEATURES = Set.of(NumberFeature.VOICE, NumberFeature.SMS);
    private static final Pattern PLACE = Pattern.compile("(?:(.*?)\\s*,\\s*)?([A-Z]{2})");

    private final ProviderId provider;
    private final NumberQuery query;
    private final boolean canada;
    private @Nullable String region;
    private @Nullable String town;

    /** @throws UnsupportedFeature if VoIP.ms cannot search like this */
    NumberSearch(ProviderId provider, NumberQuery query) {
        this.provider = provider;
        this.query = query;
        this.canada = query.country().equals("CA");
        if (!COUNTRIES.contains(query.country())) {
            throw refused("country " + query.country(), List.of("CA", "US", "for others, VoipMsStock"));
        }
        if (query.kind() != NumberKind.LOCAL && query.kind() != NumberKind.TOLL_FREE) {
            throw refused("kind " + query.kind(), List.of("LOCAL", "TOLL_FREE"));
        }
        if (!FEATURES.containsAll(query.features())) {
            throw refused("features " + query.features(), List.of("VOICE", "SMS"));
        }
        place(query.locality());
        boolean tollFree = query.kind() == NumberKind.TOLL_FREE;
        if (tollFree && query.locality() != null) {
            throw refused("a town of toll-free numbers", List.of("area code", "pattern"));
        }
        if (tollFree && query.features().contains(NumberFeature.SMS)) {
            throw refused("toll-free numbers with SMS", List.of("VOICE"));
        }
        if (!tollFree && query.areaCode() == null && digits() == null && region == null) {
            throw refused(
                    "a search without area code, digits, or state or province",
                    List.of("area code", "pattern with digits", "town with its state, such as 'MIAMI, FL'", "state"));
        }
    }

    VoipMsCall request() {
        if (query.kind() == NumberKind.TOLL_FREE) {
            return filtered(VoipMsCall.of(OPERATION, canada ? "searchTollFreeCanUS" : "searchTollFreeUSA"));
        }
        String place = canada ? "province" : "state";
        if (query.areaCode() == null && digits() == null) {
            return VoipMsCall.of(OPERATION, canada ? "getDIDsCAN" : "getDIDsUSA")
                    .withAny(place, region)
                    .withAny("ratecenter", town);
        }
        return filtered(VoipMsCall.of(OPERATION, canada ? "searchDIDsCAN" : "searchDIDsUSA")
                .withAny(place, region));
    }

    /** What was found, or empty if it is not what was asked for. */
    Optional<AvailableNumber> read(Fields row) {
        return row.text("did")
                .flatMap(WireNumbers::fromWire)
                .map(number -> read(row, number))
                .filter(this::isWanted);
    }

    private AvailableNumber read(Fields row, PhoneNumber number) {
        EnumSet<NumberFeature> features = EnumSet.of(NumberFeature.VOICE);
        if (row.bool("sms").orElse(false)) {
            features.add(NumberFeature.SMS);
        }
        boolean tollFree = query.kind() == NumberKind.TOLL_FREE;
        String plan = tollFree ? "" : "perminute_";
        return new AvailableNumber(
                number,
                query.kind(),
                tollFree ? "toll-free" : "local",
                query.country(),
                row.text("ratecenter").orElse(null),
                row.text(canada ? "province" : "state").orElse(null),
                features,
                new NumberPrice(
                        Prices.amount(row, plan + "setup").orElse(null),
                        Prices.amount(row, plan + "monthly").orElse(null)),
                false);
    }

    private boolean isWanted(AvailableNumber found) {
        String digits = found.number().digits();
        String place = found.locality();
        return (query.areaCode() == null || digits.startsWith("1" + query.areaCode()))
                && (query.pattern() == null
                        || pattern(query.pattern()).matcher(digits).find())
                && (region == null || found.region() == null || found.region().equalsIgnoreCase(region))
                && (town == null || place == null || plain(place).equals(plain(town)))
                && found.features().containsAll(query.features());
    }

    private VoipMsCall filtered(VoipMsCall call) {
        if (query.areaCode() != null) {
            return call.with("type", "starts").with("query", query.areaCode());
        }
        String digits = digits();
        return digits == null ? call : call.with("type", "contains").with("query", digits);
    }

    // The longest run of digits; a leading 1 of the pattern may be the country's, which VoIP.ms does not write.
    private @Nullable String digits() {
        String pattern = query.pattern();
        if (pattern == null) {
            return null;
        }
        return Arrays.stream(pattern.replaceFirst("^1", "").split("[*]+", -1))
                .filter(run -> !run.isEmpty())
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
    }

    private void place(@Nullable String locality) {
        if (locality == null) {
            return;
        }
        Matcher place = PLACE.matcher(locality.strip().toUpperCase(Locale.ROOT));
        if (place.matches()) {
            region = place.group(2);
            town = place.group(1);
        } else {
            town = locality.strip();
        }
    }

    private static Pattern pattern(String pattern) {
        return Pattern.compile(pattern.replace("*", "[0-9]"));
    }

    // 'Montreal' and 'MONTRÉAL' are one town.
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private UnsupportedFeature refused(String feature, List<String> supported) {
        return new UnsupportedFeature(provider, OPERATION, feature, supported);
    }
}
