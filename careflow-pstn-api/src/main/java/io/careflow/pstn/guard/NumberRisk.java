package io.careflow.pstn.guard;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import io.careflow.pstn.NumberType;
import io.careflow.pstn.PhoneNumber;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What numbering metadata tells about the risk of a number. Stateless. */
public final class NumberRisk {
    /** Satellite, international premium and shared codes: no country, high prices. */
    private static final List<String> GLOBAL = List.of("979", "881", "882", "883", "870", "878", "888");

    private static final Set<String> PREMIUM_976 = Set.of("US", "CA");

    private NumberRisk() {}

    /**
     * Whether somebody who types this in that region wants help: 911, 112, 999, also behind a country code.
     *
     * @param typed as it was typed
     * @param region ISO 3166 code of the region in whose form it was typed
     */
    public static boolean isEmergency(String typed, String region) {
        String digits = typed.replaceAll("[^0-9]", "");
        ShortNumberInfo shortNumbers = ShortNumberInfo.getInstance();
        if (digits.isEmpty() || digits.length() > 6) {
            return false;
        }
        if (shortNumbers.isEmergencyNumber(digits, region)) {
            return true;
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        for (int length = 1; length <= 3 && length < digits.length(); length++) {
            List<String> regions = numbers.getRegionCodesForCountryCode(Integer.parseInt(digits.substring(0, length)));
            String rest = digits.substring(length);
            if (regions != null
                    && rest.length() >= 3
                    && regions.stream().anyMatch(of -> shortNumbers.isEmergencyNumber(rest, of))) {
                return true;
            }
        }
        return false;
    }

    static boolean isPossible(PhoneNumber number) {
        try {
            return PhoneNumberUtil.getInstance()
                    .isPossibleNumber(PhoneNumberUtil.getInstance().parse(number.e164(), null));
        } catch (NumberParseException e) {
            return false;
        }
    }

    /**
     * The number as which this one is read: without a national prefix that stands behind the country code, as in +44 0 20. Carriers drop
     * it too, while prefixes of rules, prices and counters would see other digits.
     */
    static PhoneNumber written(PhoneNumber number) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return new PhoneNumber(numbers.format(numbers.parse(number.e164(), null), PhoneNumberFormat.E164));
        } catch (NumberParseException | IllegalArgumentException e) {
            return number;
        }
    }

    /** Its type; the exchange 976 of each area code of the US and Canada is premium, which metadata does not tell. */
    static NumberType type(PhoneNumber number) {
        NumberType type = number.type();
        boolean exchange976 = type == NumberType.FIXED_LINE_OR_MOBILE
                && number.digits().startsWith("976", 4)
                && number.country().filter(PREMIUM_976::contains).isPresent();
        return exchange976 ? NumberType.PREMIUM_RATE : type;
    }

    /** The country that a call is taken to go to. A number free of charge of the home country's plan counts as home. */
    static Optional<String> country(PhoneNumber number, String homeRegion) {
        boolean free = number.type() == NumberType.TOLL_FREE
                && number.countryCode() == PhoneNumberUtil.getInstance().getCountryCodeForRegion(homeRegion);
        return free ? Optional.of(homeRegion) : number.country();
    }

    static Optional<String> globalPrefix(PhoneNumber number) {
        return GLOBAL.stream().filter(number.digits()::startsWith).findFirst();
    }
}
