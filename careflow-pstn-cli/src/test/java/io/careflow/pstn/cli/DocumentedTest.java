package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/cli.md} knows every command and every setting. */
class DocumentedTest {
    private String text = "";

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(Path.of("..", "docs", "cli.md"));
    }

    @Test
    void everyCommandIsThere() {
        commands("", Commands.line(new Console(Path.of("")).surroundings()));
    }

    @Test
    void everySettingOfEveryCarrierIsThere() {
        for (String name : Carriers.all().names()) {
            Carrier carrier = Carriers.all().named(name);
            assertThat(text).contains("`" + name + "`");
            carrier.settings().forEach(key -> assertThat(text).contains("`" + key.property(name) + "`"));
        }
    }

    @Test
    void everyKeyOfTheExampleSiteIsThere() throws IOException {
        String keys = text.substring(text.indexOf("## Site files"), text.indexOf("## Webhooks that were captured"));
        for (String key : KeysFile.read("site", Path.of("..", "docs", "sip-site", "office.properties"))
                .keySet()) {
            assertThat(keys).as(key).contains(key.replaceFirst(".*\\.", ""));
        }
    }

    private void commands(String above, CommandLine line) {
        line.getSubcommands().forEach((name, below) -> {
            String path = (above + " " + name).strip();
            if (below.getSubcommands().isEmpty()) {
                assertThat(text).contains("`" + path);
            } else {
                commands(path, below);
            }
        });
    }
}
