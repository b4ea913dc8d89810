package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.cli.Shell.Ran;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a guard would say, on the command line")
class GuardExplainTest {
    private static final String HOME = "+14165550199";
    private static final String ABROAD = "+442071838750";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = Shell.in(folder);
    }

    @Test
    @DisplayName("a call at home is allowed for as long as the limits of spend pay, and each rule is shown")
    void allowed() {
        Ran text = explain(HOME, "--home", "CA", "--price", "0.10USD");
        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("Allowed for 20 min, counted as 2 USD.", "taken to be empty")
                .containsPattern("user-spend-day +ALLOWED +2.00 in a day")
                .doesNotContainPattern("\\bPT[0-9]");

        JsonNode json =
                explain(HOME, "--home", "CA", "--price", "0.10USD", "--json").json();
        assertThat(json.at("/allowed").asBoolean()).isTrue();
        assertThat(json.at("/longest").asText()).isEqualTo("PT20M");
        assertThat(new BigDecimal(json.at("/spend/amount").asText())).isEqualByComparingTo("2");
        assertThat(json.at("/counters").asText()).isEqualTo("empty");
        assertThat(explain(HOME, "--home", "CA", "--price", "0.10USD", "--minutes", "5", "--json")
                        .json()
                        .at("/longest")
                        .asText())
                .isEqualTo("PT5M");
    }

    @Test
    @DisplayName("a call abroad is refused by name, and exits with no")
    void refused() {
        Ran text = explain(ABROAD, "--home", "CA", "--price", "0.02USD");
        assertThat(text.exit()).isEqualTo(ExitCode.NO);
        assertThat(text.out()).contains("Refused by: country new-user.").containsPattern("user-hour +NOT_ASKED");
        Ran json = explain(ABROAD, "--home", "CA", "--price", "0.02USD", "--json");
        assertThat(json.exit()).isEqualTo(ExitCode.NO);
        assertThat(denials(json)).containsExactly("country", "new-user");
        assertThat(json.json().at("/spend").isNull()).isTrue();
    }

    @Test
    @DisplayName("a price that is not told, or that is too high, is refused; a text needs no time")
    void prices() {
        assertThat(denials(explain(HOME, "--home", "CA", "--json"))).containsExactly("no-rate");
        assertThat(denials(explain(HOME, "--home", "CA", "--price", "0.11USD", "--json")))
                .containsExactly("price-per-minute");
        Ran text = explain(HOME, "--home", "CA", "--price", "0.01USD", "--purpose", "message", "--json");
        assertThat(text.exit()).isZero();
        assertThat(text.json().at("/spend/amount").asText()).isEqualTo("0.01");
    }

    @Test
    @DisplayName("a file changes the rules, and an old user may call abroad")
    void rules() throws IOException {
        rules("home=CA", "countries=GB, US", "limit.user-spend-day=0.40", "reporting-only=user-at-once");
        Ran ran = explain(ABROAD, "--rules", "rules", "--price", "0.02USD", "--user-since", "2020-01-01", "--json");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.json().at("/longest").asText()).isEqualTo("PT20M");

        rules("home=CA", "countries=GB", "denied-prefixes=44207", "without=new-user");
        assertThat(denials(explain(ABROAD, "--rules", "rules", "--price", "0.02USD", "--json")))
                .containsExactly("denied-prefix");
    }

    @Test
    @DisplayName("what is wrong with the rules or the question is told, and nothing is decided")
    void wrong() throws IOException {
        assertThat(explain(HOME).err()).contains("no home country is named");
        for (String line : List.of(
                "home=Canada",
                "hom=CA",
                "limit.user-spend-dya=1",
                "limit.user-at-once=1.5",
                "limit.user-day=many",
                "limit.country=1",
                "currency=dollars",
                "countries=Britain",
                "denied-prefixes=+44",
                "without=store")) {
            rules(line);
            Ran ran = explain(HOME, "--rules", "rules", "--home", line.startsWith("home") ? "Canada" : "CA");
            assertThat(ran.exit()).as(line).isEqualTo(ExitCode.USAGE);
            assertThat(ran.out()).as(line).isEmpty();
        }
        assertThat(explain(HOME, "--home", "CA", "--minutes", "0").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(explain(HOME, "--home", "CA", "--rules", "none").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("guard", "explain", "--to", HOME).exit()).isEqualTo(ExitCode.USAGE);
    }

    private void rules(String... lines) throws IOException {
        Files.write(folder.resolve("rules"), List.of(lines));
    }

    private Ran explain(String to, String... more) {
        List<String> words = new ArrayList<>(List.of("guard", "explain", "--to", to, "--user", "anna"));
        words.addAll(List.of(more));
        return shell.run(words.toArray(String[]::new));
    }

    private static List<String> denials(Ran ran) {
        return StreamSupport.stream(ran.json().at("/rulings").spliterator(), false)
                .filter(ruling -> ruling.at("/verdict").asText().equals("DENIED"))
                .map(ruling -> ruling.at("/rule").asText())
                .toList();
    }
}
