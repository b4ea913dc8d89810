package io.careflow.pstn.siptrunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumberFormatTest {
    @ParameterizedTest(name = "{0} as {1} is {2}")
    @DisplayName("a number is written as the carrier wants it, and read back")
    @CsvSource({
        "+14165551212, NANP_10, 4165551212",
        "+14165551212, NANP_11, 14165551212",
        "+14165551212, NANP_10_PLUS_011_INTL, 4165551212",
        "+14165551212, NANP_11_PLUS_011_INTL, 14165551212",
        "+14165551212, E164_NOPLUS, 14165551212",
        "+14165551212, E164_PLUS, +14165551212",
        "+442071234567, NANP_10_PLUS_011_INTL, 011442071234567",
        "+442071234567, NANP_11_PLUS_011_INTL, 011442071234567",
        "+442071234567, E164_NOPLUS, 442071234567",
        "+442071234567, E164_PLUS, +442071234567",
        "+12425551212, NANP_10, 2425551212",
    })
    void roundTrip(String e164, NumberFormat format, String written) {
        PhoneNumber number = new PhoneNumber(e164);
        assertThat(format.write(number)).isEqualTo(written);
        assertThat(format.read(written)).contains(number);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @DisplayName("what a format cannot write is refused, not mangled")
    @CsvSource({"+442071234567, NANP_10", "+442071234567, NANP_11", "+1416555121, NANP_10"})
    void refused(String e164, NumberFormat format) {
        assertThatThrownBy(() -> format.write(new PhoneNumber(e164)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be written as " + format);
    }

    @ParameterizedTest(name = "{0} as {1} is {2}")
    @DisplayName("whatever can mean only one number is read, whatever the format")
    @CsvSource({
        "14165551212, NANP_10, +14165551212",
        "4165551212, NANP_11, +14165551212",
        "+442071234567, NANP_10, +442071234567",
        "011442071234567, NANP_10, +442071234567",
        "+14165551212, E164_NOPLUS, +14165551212",
        "14165551212, E164_PLUS, +14165551212",
    })
    void lenient(String text, NumberFormat format, String e164) {
        assertThat(format.read(text)).contains(new PhoneNumber(e164));
    }

    @ParameterizedTest(name = "\"{0}\" as {1}")
    @DisplayName("a word, an extension or a number that could be several is none")
    @CsvSource({
        "anonymous, NANP_10",
        "1001, NANP_10",
        "100000_pbx, E164_PLUS",
        "'', E164_PLUS",
        "+, E164_PLUS",
        "1165551212, NANP_10",
        "442071234567, NANP_10",
        "911, NANP_10",
        "4165551212;tag=1, NANP_10",
        "+1416555121212345678, E164_PLUS",
    })
    void none(String text, NumberFormat format) {
        assertThat(format.read(text)).isEmpty();
    }
}
