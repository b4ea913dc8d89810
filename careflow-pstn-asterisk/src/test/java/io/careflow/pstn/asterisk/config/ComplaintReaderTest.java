package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A complaint of Asterisk is traced to the line that is meant")
class ComplaintReaderTest {
    private static final RenderedConfig CONFIG = new RenderedConfig(List.of(
            new RenderedFile("pjsip.conf", "; about\n\n[one]\ntype = endpoint\nodd = 1\n", false),
            new RenderedFile("pjsip_secrets.conf", "; about\n\n[one]\ntype = auth\npassword = se\\;cret-1\n", true),
            new RenderedFile(
                    "sip_registrations.conf", "register = udp://user:word-2@carrier.example:5060/user~600\n", true)));

    @Test
    @DisplayName("by its line and file, by a word where the file is missing, by the object, or not at all")
    void places() {
        List<ConfigFinding> found = new ComplaintReader(CONFIG)
                .read(List.of(
                        "[2026-01-01 00:00:00] ERROR[12] config_options.c: Could not find option 'odd' at line 5 of ",
                        "[2026-01-01 00:00:00] WARNING[12][C-1] chan.c: something on line 2 of /x/etc/pjsip.conf",
                        "[2026-01-01 00:00:00] ERROR[12] res.c: Could not create an object of type 'auth' with id 'one'",
                        "[2026-01-01 00:00:00] ERROR[12] res.c: no place",
                        "[2026-01-01 00:00:00] NOTICE[12] res.c: no complaint",
                        "Asterisk Ready."));
        assertThat(found)
                .extracting(ConfigFinding::severity, ConfigFinding::file, ConfigFinding::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Severity.ERROR, "pjsip.conf", 5),
                        org.assertj.core.groups.Tuple.tuple(Severity.WARNING, "pjsip.conf", 2),
                        org.assertj.core.groups.Tuple.tuple(Severity.ERROR, "pjsip_secrets.conf", 3),
                        org.assertj.core.groups.Tuple.tuple(Severity.ERROR, null, 0));
        assertThat(found.get(1).toString())
                .isEqualTo("pjsip.conf:2: warning: chan.c: something on line 2 of /x/etc/pjsip.conf");
        assertThat(found.get(3).toString()).isEqualTo("error: res.c: no place");
    }

    @Test
    @DisplayName("passwords are not repeated, and what the check itself has caused is no finding")
    void secrets() {
        List<ConfigFinding> found = new ComplaintReader(CONFIG)
                .read(List.of(
                        "[x] WARNING[1] a.c: 'se;cret-1' and word-2 are odd",
                        "[x] WARNING[1] a.c: No response received from 'sip:127.0.0.1:9' on registration attempt",
                        "[x] WARNING[1] a.c: 'se;cret-1' and word-2 are odd"));
        assertThat(found).extracting(ConfigFinding::message).containsExactly("a.c: '...' and ... are odd");
    }

    @Test
    @DisplayName("a line without a file is refused")
    void noFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfigFinding(Severity.ERROR, null, 3, "x"))
                .withMessageContaining("line is 3");
    }
}
