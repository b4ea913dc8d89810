package io.careflow.pstn.account;

import java.util.List;
import java.util.Objects;

/**
 * Whether calls to a country are let out of the account.
 *
 * @param country ISO 3166 code
 * @param name its name
 * @param lowRisk whether ordinary numbers are open
 * @param highRiskSpecial whether special numbers with a risk are open: premium rate and the like
 * @param highRiskTollFraud whether numbers known for toll fraud are open
 * @param callingCodes its country calling codes, such as {@code +371}
 */
public record CountryPermission(
        String country,
        String name,
        boolean lowRisk,
        boolean highRiskSpecial,
        boolean highRiskTollFraud,
        List<String> callingCodes) {
    public CountryPermission {
        Objects.requireNonNull(country, "country");
        Objects.requireNonNull(name, "name");
        callingCodes = List.copyOf(callingCodes);
    }

    /** Whether numbers are open that fraudsters earn with. */
    public boolean isRisky() {
        return highRiskSpecial || highRiskTollFraud;
    }
}
