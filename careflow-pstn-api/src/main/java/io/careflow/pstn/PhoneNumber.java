package io.careflow.pstn;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A public telephone number in E.164, such as {@code +14165550100}. Immutable.
 *
 * <p>Numbers that are possible by their length are accepted even when they lie in no assigned range, because numbering
 * plans change faster than metadata; {@link #isAssignable} tells. Extensions are not part of a number, see
 * {@link WithExtension}. Short codes (911, 40404) are not telephone numbers and are refused by name.
 *
 * @param e164 plus sign, country code, national number: 3 to 16 characters (ITU-T E.164)
 */
public record PhoneNumber(String e164) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

    /**
     * Takes a number that already is in E.164.
     *
     * @throws IllegalArgumentException saying what is wrong if it is not
     */
    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("phone number " + shown(e164)
                    + " is not E.164: expected '+', country code and number, 15 digits at most, like +14165550100");
        }
    }

    /**
     * Reads a number in international form, however it is punctuated.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static PhoneNumber parse(String text) {
        return withoutExtension(parsed(text, null), text);
    }

    /**
     * Reads a number as people of a region write it.
     *
     * @param text national or international form
     * @param defaultRegion ISO 3166 code of the region whose national form is assumed, such as {@code CA}
     * @throws IllegalArgumentException saying what is wrong
     */
    public static PhoneNumber parse(String text, String defaultRegion) {
        return withoutExtension(parsed(text, known(defaultRegion)), text);
    }

    /**
     * Reads a number that may carry an extension, such as {@code 416-555-0100 ext. 12}.
     *
     * @param defaultRegion ISO 3166 code of the region whose national form is assumed
     * @throws IllegalArgumentException saying what is wrong
     */
    public static WithExtension parseWithExtension(String text, String defaultRegion) {
        Phonenumber.PhoneNumber parsed = parsed(text, known(defaultRegion));
        return new WithExtension(
                formatted(parsed), parsed.hasExtension() ? Optional.of(parsed.getExtension()) : Optional.empty());
    }

    /** Whether this is the ISO 3166 code of a region whose numbers can be read, such as {@code CA}. */
    public static boolean isRegion(String code) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(code);
    }

    /** The number without the plus sign, as rate decks and prefixes use it. */
    public String digits() {
        return e164.substring(1);
    }

    /**
     * The country calling code, for example 1 or 44. It does not name a country: +1 is shared by over 20.
     *
     * @throws IllegalArgumentException if the number begins with no known country code
     */
    public int countryCode() {
        return number().map(Phonenumber.PhoneNumber::getCountryCode)
                .orElseThrow(() -> new IllegalArgumentException("phone number " + e164 + " has no known country code"));
    }

    /**
     * ISO 3166 code of the country by number metadata, or empty where the range is unassigned or belongs to no country
     * (satellite, +979).
     */
    public Optional<String> country() {
        return number().map(known -> PhoneNumberUtil.getInstance().getRegionCodeForNumber(known))
                .filter(region -> !region.equals("001") && !region.equals("ZZ"));
    }

    /** What kind of line it is; {@link NumberType#UNKNOWN} where metadata does not tell. */
    public NumberType type() {
        return number().map(known -> PhoneNumberUtil.getInstance().getNumberType(known))
                .map(type -> NumberType.valueOf(type.name()))
                .orElse(NumberType.UNKNOWN);
    }

    /** Whether the number lies in a range that its numbering plan assigns. */
    public boolean isAssignable() {
        return number().filter(known -> PhoneNumberUtil.getInstance().isValidNumber(known))
                .isPresent();
    }

    /** The number in E.164. */
    @Override
    public String toString() {
        return e164;
    }

    private Optional<Phonenumber.PhoneNumber> number() {
        try {
            return Optional.of(PhoneNumberUtil.getInstance().parse(e164, null));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static Phonenumber.PhoneNumber parsed(String text, @Nullable String region) {
        if (text.length() > 64) {
            throw new IllegalArgumentException(
                    "phone number has " + text.length() + " characters; at most 64 are read");
        }
        Phonenumber.PhoneNumber parsed;
        try {
            parsed = PhoneNumberUtil.getInstance().parse(text, region);
        } catch (NumberParseException e) {
            throw new IllegalArgumentException("phone number " + shown(text) + " cannot be read: " + why(e, region), e);
        }
        refuseShortCode(parsed, text, region);
        PhoneNumberUtil.ValidationResult length = PhoneNumberUtil.getInstance().isPossibleNumberWithReason(parsed);
        if (length != PhoneNumberUtil.ValidationResult.IS_POSSIBLE) {
            throw new IllegalArgumentException(
                    "phone number " + shown(text) + " is impossible in +" + parsed.getCountryCode() + ": "
                            + length.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        }
        return parsed;
    }

    private static void refuseShortCode(Phonenumber.PhoneNumber parsed, String text, @Nullable String region) {
        if (region == null || text.startsWith("+")) {
            return;
        }
        ShortNumberInfo shortNumbers = ShortNumberInfo.getInstance();
        if (shortNumbers.isEmergencyNumber(text, region)) {
            throw new IllegalArgumentException(shown(text) + " is an emergency number in " + region
                    + ", not a telephone number; this library does not place emergency calls");
        }
        if (shortNumbers.isValidShortNumberForRegion(parsed, region)
                && !PhoneNumberUtil.getInstance().isPossibleNumber(parsed)) {
            throw new IllegalArgumentException(
                    shown(text) + " is a short code of " + region + ", not a telephone number in E.164");
        }
    }

    private static PhoneNumber withoutExtension(Phonenumber.PhoneNumber parsed, String text) {
        if (parsed.hasExtension()) {
            throw new IllegalArgumentException(
                    "phone number " + shown(text) + " carries the extension " + shown(parsed.getExtension())
                            + "; read it with parseWithExtension and dial the extension as digits");
        }
        return formatted(parsed);
    }

    private static PhoneNumber formatted(Phonenumber.PhoneNumber parsed) {
        return new PhoneNumber(PhoneNumberUtil.getInstance().format(parsed, PhoneNumberFormat.E164));
    }

    private static String known(String region) {
        if (!isRegion(region)) {
            throw new IllegalArgumentException(
                    "default region '" + region + "' is unknown; expected an ISO 3166 code such as CA");
        }
        return region;
    }

    private static String why(NumberParseException e, @Nullable String region) {
        return switch (e.getErrorType()) {
            case INVALID_COUNTRY_CODE ->
                region == null
                        ? "it has no known country code (write it with '+', or name a default region)"
                        : "its country code is unknown";
            case NOT_A_NUMBER -> "it is not a number";
            case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "it is too short";
            case TOO_LONG -> "it is too long";
        };
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (printable.length() > 64 ? printable.substring(0, 64) + "..." : printable) + "'";
    }

    /**
     * A number and the extension behind it.
     *
     * @param number the number that is dialled
     * @param extension digits to send once it answered
     */
    public record WithExtension(PhoneNumber number, Optional<String> extension) {}
}
