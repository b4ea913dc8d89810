package io.careflow.pstn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UserInfoTest {

    @Test
    @DisplayName("user and password are hidden in every URL of a text, also where an @ of a password is not escaped")
    void hidden() {
        assertThat(UserInfo.hiddenIn("a=https://u:p@one.example/x, b=http://u:p@ss@two.example"))
                .isEqualTo("a=https://...@one.example/x, b=http://...@two.example");
    }

    @Test
    @DisplayName("what is no user or password of a URL stays")
    void others() {
        String text = "https://one.example/a@b?mail=c@d.example#e@f, desk@example.org, sip:desk@example.org";
        assertThat(UserInfo.hiddenIn(text)).isEqualTo(text);
    }
}
