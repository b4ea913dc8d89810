package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.security.RequestValidator;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Say;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we use of twilio-java works without the jars that our pom leaves out. The other tests use its request classes. */
class TwilioJavaTest {
    @Test
    void writesTwiml() throws TwiMLException {
        VoiceResponse twiml = new VoiceResponse.Builder()
                .say(new Say.Builder("Fish & chips").build())
                .build();

        assertThat(twiml.toXml()).endsWith("<Response><Say>Fish &amp; chips</Say></Response>");
    }

    @Test
    void computesSignatures() {
        RequestValidator validator = new RequestValidator("12345");
        Map<String, String> form = Map.of(
                "CallSid", "CA1234567890ABCDE",
                "Caller", "+14158675309",
                "Digits", "1234",
                "From", "+14158675309",
                "To", "+18005551212");

        assertThat(validator.validate(
                        "https://mycompany.com/myapp.php?foo=1&bar=2", form, "RSOYDt4T1cUTdK1PDd93/VVr8B8="))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.jsonwebtoken.Jwts", "com.auth0.jwt.JWT", "org.json.JSONObject", "com.google.gson.Gson"})
    void jarsThatAreLeftOutAreNotHere(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }
}
