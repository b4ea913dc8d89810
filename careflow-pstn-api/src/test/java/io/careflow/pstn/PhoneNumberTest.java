package io.careflow.pstn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
    @ParameterizedTest
    @CsvSource({
        "(416) 555-0100, CA, +14165550100",
        "1-416-555-0100, CA, +14165550100",
        "416.555.0100, US, +14165550100",
        "011 44 20 7183 8750, CA, +442071838750",
        "020 7183 8750, GB, +442071838750",
        "+44 20 7183 8750, CA, +442071838750",
        "06 698 12345, IT, +390669812345",
        "+1٤١٦٥٥٥٠١٠٠, CA, +14165550100",
        "1-800-FLOWERS, US, +18003569377"
    })
    @DisplayName("a number is read as people of its region write it")
    void regional(String text, String region, String expected) {
        assertThat(PhoneNumber.parse(text, region)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+14165550100", "+1 (416) 555-0100", "+1.416.555.0100", "tel:+1-416-555-0100"})
    @DisplayName("an international number is read however it is punctuated")
    void international(String text) {
        assertThat(PhoneNumber.parse(text).e164()).isEqualTo("+14165550100");
    }

    @Test
    @DisplayName("an extension is kept apart, and refused where none is expected")
    void extension() {
        PhoneNumber.WithExtension both = PhoneNumber.parseWithExtension("416-555-0100 ext. 12", "CA");
        assertThat(both.number()).hasToString("+14165550100");
        assertThat(both.extension()).contains("12");
        assertThat(PhoneNumber.parseWithExtension("416-555-0100", "CA").extension())
                .isEmpty();
        assertThatThrownBy(() -> PhoneNumber.parse("416-555-0100 x12", "CA"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extension")
                .hasMessageContaining("parseWithExtension");
    }

    @ParameterizedTest
    @CsvSource({"911, US", "911, CA", "9-1-1, CA", "112, DE", "999, GB", "000, AU", "110, JP", "15, FR"})
    @DisplayName("emergency numbers are refused as such")
    void emergency(String text, String region) {
        assertThatThrownBy(() -> PhoneNumber.parse(text, region))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("emergency");
    }

    @ParameterizedTest
    @CsvSource({"40404, US", "311, CA", "118500, GB"})
    @DisplayName("short codes are refused")
    void shortCodes(String text, String region) {
        assertThatThrownBy(() -> PhoneNumber.parse(text, region)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "hello",
                "+1416",
                "+999123456789",
                "+1416555010012345",
                "4165550100",
                "☎☎☎",
                "+0123456"
            })
    @DisplayName("what is no international number is refused")
    void junk(String text) {
        assertThatThrownBy(() -> PhoneNumber.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("phone number");
    }

    @Test
    @DisplayName("a refusal never repeats long or unprintable text")
    void harmlessMessages() {
        assertThatThrownBy(() -> PhoneNumber.parse("1".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(200);
        assertThatThrownBy(() -> new PhoneNumber("+1\r\nX: " + "9".repeat(5000)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(300)
                .doesNotContain("\r", "\n");
    }

    @Test
    @DisplayName("an unknown default region is refused by name")
    void unknownRegion() {
        assertThatThrownBy(() -> PhoneNumber.parse("4165550100", "XX")).hasMessageContaining("'XX'");
    }

    @ParameterizedTest
    @CsvSource({
        "+14165550100, CA",
        "+18765550100, JM",
        "+12125550100, US",
        "+17875550100, PR",
        "+442071838750, GB",
        "+77273300500, KZ",
        "+74952345678, RU"
    })
    @DisplayName("the country comes from number metadata, never from the country code alone")
    void country(String number, String country) {
        assertThat(new PhoneNumber(number).country()).contains(country);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+881612345678", "+979123456789", "+882161234567", "+80012345678"})
    @DisplayName("satellite, international premium and international toll-free numbers belong to no country")
    void noCountry(String number) {
        assertThat(new PhoneNumber(number).country()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999123456789", "+210123456789", "+12"})
    @DisplayName("a well-formed number of no known country code has no country, no type and is not assignable")
    void unknownCountryCode(String number) {
        PhoneNumber unknown = new PhoneNumber(number);
        assertThat(unknown.country()).isEmpty();
        assertThat(unknown.type()).isEqualTo(NumberType.UNKNOWN);
        assertThat(unknown.isAssignable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "+18005550100, TOLL_FREE",
        "+19005550100, PREMIUM_RATE",
        "+14165550100, FIXED_LINE_OR_MOBILE",
        "+447912345678, MOBILE",
        "+442071838750, FIXED_LINE",
        "+33899123456, PREMIUM_RATE"
    })
    @DisplayName("the kind of line comes from number metadata")
    void types(String number, NumberType type) {
        assertThat(new PhoneNumber(number).type()).isEqualTo(type);
    }

    @Test
    @DisplayName("digits leave the plus sign out, the country code may be shared")
    void parts() {
        assertThat(new PhoneNumber("+18765550100").digits()).isEqualTo("18765550100");
        assertThat(new PhoneNumber("+18765550100").countryCode()).isEqualTo(1);
        assertThat(new PhoneNumber("+442071838750").countryCode()).isEqualTo(44);
        assertThat(new PhoneNumber("+14161234567").isAssignable()).isFalse();
    }
}
