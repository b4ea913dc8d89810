package io.careflow.pstn.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.http.HttpCall.Parameter;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodingTest {

    /** Every character of ASCII, some of each length in UTF-8, and a half of a pair, which stands for nothing. */
    static List<String> texts() {
        return IntStream.concat(IntStream.range(0, 128), IntStream.of(0xFC, 0x7FF, 0x20AC, 0xFFFD, 0x1F4DE, 0xD800))
                .mapToObj(c -> "a" + Character.toString(c) + "Z")
                .toList();
    }

    @ParameterizedTest
    @MethodSource("texts")
    @DisplayName("forms are encoded as the JDK encodes them")
    void form(String text) {
        String expected = URLEncoder.encode(text, UTF_8);

        byte[] form = Encoding.form(List.of(new Parameter(text, "1"), new Parameter("b", text)));

        assertThat(new String(form, US_ASCII)).isEqualTo(expected + "=1&b=" + expected);
    }

    @ParameterizedTest
    @MethodSource("texts")
    @DisplayName("in paths and queries everything is escaped that is not unreserved in RFC 3986")
    void url(String text) {
        String expected = URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");

        assertThat(Encoding.url(text)).isEqualTo(expected);
    }
}
