package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with {@code --provider sip-trunk}, and {@code pstn trunk check}, on the profile of {@code docs/sip-site}. */
class SipTrunkCarrierTest {
    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void start() {
        console = ExampleSite.in(folder);
        console.environment.put("PSTN_PROVIDER", "sip-trunk");
        console.environment.put(
                "PSTN_SIP_TRUNK_PROFILE", folder.resolve("siproute.properties").toString());
    }

    @Test
    void numbersAndTheTrunkAreThoseOfTheProfile() {
        Ran numbers = run("number list");
        assertThat(numbers.exit()).as(numbers.err()).isZero();
        assertThat(numbers.out()).contains("+14165550100", "Front desk", "+14165550101");
        assertThat(run("trunk list").out()).contains("siproute", "198.51.100.20:5060");
        Ran shown = run("trunk show siproute --json");
        assertThat(shown.json().at("/name").asText()).isEqualTo("Main trunk");
        assertThat(shown.out()).doesNotContain(ExampleSite.SECRETS.get("SIPROUTE_PASSWORD"));
        assertThat(run("trunk show other").exit()).isEqualTo(ExitCode.NO);
    }

    @Test
    void aCallCostsNothingMoreInTheZoneARateOutsideOfItAndElsewhereNobodyKnows() {
        Ran included = run("price call --from +14165550100 --to +15145550123 --json");
        assertThat(included.exit()).as(included.err()).isZero();
        assertThat(included.json().at("/pricePerMinute/amount").asText()).isEqualTo("0");
        assertThat(run("price call --from +14165550100 --to +442071838750").out())
                .contains("0.012 USD a minute");
        Ran unknown = run("price call --from +14165550100 --to +33142685300 --json");
        assertThat(unknown.exit()).isZero();
        assertThat(unknown.json().at("/pricePerMinute").isNull()).isTrue();
        assertThat(run("price call --from +14165550100 --to +33142685300").out())
                .contains("price unknown");
    }

    @Test
    void whatACarrierWithoutAnApiCannotDoIsRefusedWithTheReason() {
        for (String typed : List.of(
                "number order +14165550142 --dry-run",
                "number release +14165550100 --yes",
                "number configure +14165550100 --label x --yes",
                "trunk create x --allow 192.0.2.1/32 --yes",
                "trunk delete siproute --yes")) {
            Ran ran = run(typed);
            assertThat(ran.exit()).as(typed).isEqualTo(ExitCode.FAILED);
            assertThat(ran.err()).as(typed).contains("this carrier has no API: change it in the carrier's portal");
        }
        for (String typed : List.of(
                "balance",
                "cdr pull",
                "message send --from +14165550100 --to +14165550199 Hi --yes",
                "recording list --call x")) {
            Ran ran = run(typed);
            assertThat(ran.exit()).as(typed).isEqualTo(ExitCode.FAILED);
            assertThat(ran.err())
                    .as(typed)
                    .contains("provider 'siproute' has no capability", "'pstn doctor' lists what it can do")
                    .doesNotContain("CompositeProvider", "require:");
        }
        assertThat(run("number search --country CA").err()).contains("without an API");
    }

    @Test
    void aCallIsRefusedWithWhatToDoInstead() {
        for (String option : List.of("--yes", "--dry-run")) {
            Ran ran = run("call place --from +14165550100 --to +14165550199 --say Hello " + option);
            assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err()).contains("pstn config render asterisk", "your application places the call");
        }
    }

    @Test
    void doctorSaysWhatShouldBeLookedAt() {
        Ran ran = run("doctor");
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out())
                .containsPattern("OK +profile")
                .containsPattern("WARNING +profile +emergency")
                .contains("can NumberInventory");
        ExampleSite.change(folder.resolve("siproute.properties"), "auth.mode = REGISTER", "auth.mode = GUESS");
        Ran broken = run("doctor");
        assertThat(broken.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(broken.out()).contains("auth.mode");
    }

    @Test
    void aServerOfItsOwnIsRefusedAsNobodyIsAsked() {
        assertThat(run("number list --base-url https://proxy.example.org").err())
                .contains("asks nobody");
    }

    @Test
    void aCheckOfTheExampleFindsNothingWrongAndWarns() {
        Ran ran = run("trunk check siproute.properties");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("warning: emergency")
                .contains("emergency.supported");
        assertThat(ran.out().lines())
                .last()
                .asString()
                .endsWith("sound profile of the trunk siproute, with 1 to look at.");
        assertThat(run("trunk check siproute.properties --strict").exit()).isEqualTo(ExitCode.FAILED);
        Ran json = run("trunk check siproute.properties --json");
        assertThat(json.json().at("/trunk").asText()).isEqualTo("siproute");
        assertThat(json.json().at("/failed").asBoolean()).isFalse();
    }

    @Test
    void aCheckNeedsNoSecretAndNoProvider() {
        console.environment.clear();
        assertThat(run("trunk check siproute.properties").exit()).isZero();
    }

    @Test
    void aCheckShowsAllProblemsAtOnce() throws IOException {
        Path file = folder.resolve("siproute.properties");
        ExampleSite.change(file, "auth.mode = REGISTER", "auth.mode = GUESS");
        ExampleSite.change(file, "capacity.maxConcurrent = 4", "capacity.maxConcurrent = 0");
        ExampleSite.change(file, "env:SIPROUTE_PASSWORD", "the-password-itself");
        Files.writeString(file, Files.readString(file) + "colour = red\n");
        Ran ran = run("trunk check siproute.properties");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out().lines())
                .allMatch(line -> line.startsWith("error: "))
                .hasSizeGreaterThan(3);
        assertThat(ran.out())
                .contains("auth.mode", "capacity.maxConcurrent", "auth.secret", "colour")
                .doesNotContain("the-password-itself");
        assertThat(run("trunk check siproute.properties --json")
                        .json()
                        .at("/problems")
                        .size())
                .isGreaterThan(3);
        assertThat(run("trunk check nowhere.properties").exit()).isEqualTo(ExitCode.USAGE);
    }

    private Ran run(String typed) {
        return console.run(typed.split(" ", -1));
    }
}
