package io.careflow.pstn.twilio;

import com.twilio.rest.voice.v1.dialingpermissions.Country;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.http.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which countries Twilio lets the account call. Thread-safe. */
final class TwilioPermissions implements DialingPermissions {
    private final TwilioClient client;

    TwilioPermissions(TwilioClient client) {
        this.client = client;
    }

    @Override
    public List<CountryPermission> list() {
        // Countries have no SID; one that comes twice because the pages shifted is told once.
        Map<String, CountryPermission> countries = new LinkedHashMap<>();
        client.pages(
                "permissions.list",
                "content",
                rest -> Country.reader().setPageSize(1000L).firstPage(rest),
                country -> countries.putIfAbsent(country.requireText("iso_code"), permission(country)));
        return List.copyOf(countries.values());
    }

    private static CountryPermission permission(Fields country) {
        return new CountryPermission(
                country.requireText("iso_code"),
                country.text("name").orElse(""),
                country.requireBool("low_risk_numbers_enabled"),
                country.requireBool("high_risk_special_numbers_enabled"),
                country.requireBool("high_risk_tollfraud_numbers_enabled"),
                country.texts("country_codes"));
    }
}
