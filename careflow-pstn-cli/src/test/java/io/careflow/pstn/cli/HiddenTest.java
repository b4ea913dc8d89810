package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = hush",
                "secret=hush",
                "remotesecret => hush",
                "register => user:hush@sip.example.org/1000",
                "md5_cred=hush",
                "auth_pass=hush",
                "; old password was hush",
                "modparam(\"uac\", \"auth_password\", \"hush\")",
                "modparam(\"topoh\", \"mask_key\", \"hush\")",
                "modparam(\"auth_db\", \"db_url\", \"postgres://kamailio:hush@localhost/x\")",
                "#!define DB \"mysql://kamailio:hush@localhost/x\"",
                "\t$sht(secret=>trunk) = \"hush\";",
                "contact = sip:user:hush@sip.example.org",
                " same => n,Dial(SIP/user:hush@sip.example.org)",
                "server = https://user:hush@example.org/x",
                "API_TOKEN: hush"
            })
    void noSecretIsLeftOfALineOfAnyFile(String line) {
        assertThat(Hidden.inStrangeFile(line)).doesNotContain("hush").contains("[secret]");
        assertThat(Hidden.inSecretFile(line)).doesNotContain("hush").contains("[secret]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hush", "1:2:hush:3", "; hush", "user,hush", "\thush", "[hush] ; comment", "a b = c = hush"})
    void ofAFileWithSecretsOnlyNamesAreLeft(String line) {
        assertThat(Hidden.inSecretFile(line)).doesNotContain("hush");
    }

    @Test
    void whatIsNoSecretCanBeRead() {
        assertThat(Hidden.inStrangeFile("bind = 192.0.2.10:5060")).isEqualTo("bind = 192.0.2.10:5060");
        assertThat(Hidden.inStrangeFile(" same => n,Dial(PJSIP/1001,30)")).isEqualTo(" same => n,Dial(PJSIP/1001,30)");
        assertThat(Hidden.inStrangeFile("contact = sip:1001@192.0.2.7:5060"))
                .isEqualTo("contact = sip:1001@192.0.2.7:5060");
        assertThat(Hidden.inSecretFile("[trunk-auth](!)")).isEqualTo("[trunk-auth](!)");
        assertThat(Hidden.inSecretFile("password = x")).isEqualTo("password = [secret]");
        assertThat(Hidden.inSecretFile("\t$sht(user=>1001) = \"0f\";")).isEqualTo("\t$sht(user=>1001) = [secret]");
    }
}
