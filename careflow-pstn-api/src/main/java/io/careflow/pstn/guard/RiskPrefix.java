package io.careflow.pstn.guard;

import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A prefix that is refused because fraudsters earn by it.
 *
 * @param digits its digits with the country code, without plus: 1 to 15
 * @param because what is known of it
 * @param source who says so
 * @param since when that was looked up: such prefixes move from country to country
 */
public record RiskPrefix(String digits, String because, String source, LocalDate since) {
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,14}");

    public RiskPrefix {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException("risk prefix has something else than digits; expected 1 to 15 like 371");
        }
        Objects.requireNonNull(because, "because");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(since, "since");
    }
}
