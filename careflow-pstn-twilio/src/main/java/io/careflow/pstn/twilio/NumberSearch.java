package io.careflow.pstn.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.rest.Domains;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One search: the request for it, and the filters once more on what comes back. twilio-java has a reader class for each kind of
 * number, without a common type; the request is therefore put together from its {@link Request}.
 */
final class NumberSearch {
    private static final Set<String> WITH_AREA_CODES = Set.of("US", "CA");

    private final NumberQuery query;
    private final Pattern digits;

    /** @throws UnsupportedFeature if Twilio cannot search like this */
    NumberSearch(ProviderId provider, String operation, NumberQuery query) {
        this.query = query;
        String area = query.areaCode();
        if (area != null && (area.length() != 3 || !WITH_AREA_CODES.contains(query.country()))) {
            throw new UnsupportedFeature(
                    provider,
                    operation,
                    "area code " + area + " in " + query.country(),
                    List.of("area codes of three digits in US and CA", "pattern"));
        }
        if (query.locality() != null && query.kind() != NumberKind.LOCAL) {
            throw new UnsupportedFeature(
                    provider, operation, "locality of a " + query.kind() + " number", List.of("locality of LOCAL"));
        }
        if (query.features().contains(NumberFeature.EMERGENCY)) {
            throw new UnsupportedFeature(
                    provider, operation, "a search for EMERGENCY", List.of("VOICE", "SMS", "MMS", "FAX"));
        }
        String pattern = query.pattern();
        this.digits = Pattern.compile(pattern == null ? "" : pattern.replace("*", "[0-9]"));
    }

    Request request(String account) {
        Request request = new Request(
                HttpMethod.GET,
                Domains.API.toString(),
                "/2010-04-01/Accounts/" + account + "/AvailablePhoneNumbers/" + query.country() + "/" + word()
                        + ".json");
        add(request, "AreaCode", query.areaCode());
        add(request, "Contains", query.pattern());
        add(request, "InLocality", query.locality());
        for (NumberFeature feature : NumberFeature.values()) {
            if (query.features().contains(feature)) {
                request.addQueryParam(capitalised(feature.name()) + "Enabled", "true");
            }
        }
        request.addQueryParam("PageSize", String.valueOf(query.limit()));
        return request;
    }

    /** What was found, or empty if it is not what was asked for. */
    Optional<AvailableNumber> read(Fields found, NumberPrice price) {
        PhoneNumber number = found.read("phone_number", "a number in E.164", PhoneNumber::new)
                .orElseThrow(() -> found.wrong("phone_number", "there"));
        AvailableNumber read = new AvailableNumber(
                number,
                query.kind(),
                word(),
                found.text("iso_country").orElse(query.country()),
                found.text("locality").orElse(null),
                found.text("region").orElse(null),
                NumberFields.features(found),
                price,
                !found.text("address_requirements").orElse("none").equalsIgnoreCase("none"));
        return isWanted(read) ? Optional.of(read) : Optional.empty();
    }

    private boolean isWanted(AvailableNumber found) {
        String locality = found.locality();
        String wanted = query.locality();
        return found.country().equals(query.country())
                && found.features().containsAll(query.features())
                && (query.areaCode() == null || found.number().digits().startsWith("1" + query.areaCode()))
                && digits.matcher(found.number().digits()).find()
                && (wanted == null || locality == null || plain(locality).equals(plain(wanted)));
    }

    /** Twilio's word for the kind, as it stands in the path. */
    private String word() {
        return switch (query.kind()) {
            case LOCAL -> "Local";
            case MOBILE -> "Mobile";
            case TOLL_FREE -> "TollFree";
            case NATIONAL -> "National";
            case OTHER -> throw new IllegalStateException("a query refuses the kind OTHER");
        };
    }

    private static void add(Request request, String name, @Nullable String value) {
        if (value != null) {
            request.addQueryParam(name, value);
        }
    }

    private static String capitalised(String word) {
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    // 'Montreal' and 'Montréal' are one town.
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
