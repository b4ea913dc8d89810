package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.SimulatedPhone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = Shell.in(folder);
        shell.provider.carrier().owns(Shell.OURS);
        shell.provider.phone(Destination.number(Shell.THEIRS), SimulatedPhone.answersAfter(Duration.ofSeconds(2)));
    }

    @Test
    void placeSaysWhatWasTypedInItsOrder() {
        Ran ran = place(
                "--say", "Bonjour", "--pause", "2s", "--say", "Au revoir", "--language", "fr-CA", "--yes", "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/status").asText()).isEqualTo("QUEUED");
        assertThat(ran.json().at("/commandId").asText()).isEqualTo("made-up-1");
        shell.provider.time().runUntilIdle();
        assertThat(shell.provider.calls().get(0).prompts())
                .containsExactly(new Say("Bonjour", Locale.CANADA_FRENCH), new Say("Au revoir", Locale.CANADA_FRENCH));
        Ran shown = shell.run("call", "show", ran.json().at("/ref").asText());
        assertThat(shown.out()).contains("ENDED");
    }

    @Test
    void callbackRingsTheOwnPhoneFirstAndJoinsBoth() {
        shell.provider.phone(
                "sip:1001", SimulatedPhone.answersAfter(Duration.ofSeconds(1)).hangingUpAfter(Duration.ofSeconds(9)));
        Ran ran = shell.run(
                "callback",
                "--phone",
                Shell.THEIRS.e164(),
                "--to",
                "sip:1001",
                "--from",
                Shell.OURS.e164(),
                "--yes",
                "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        shell.provider.time().runUntilIdle();
        assertThat(shell.provider.calls()).hasSize(1);
        assertThat(shell.provider.calls().get(0).cdr().orElseThrow().destination())
                .contains("sip:1001");
    }

    @Test
    void placeConnectsAndRecords() {
        shell.provider.phone(
                "sip:1001", SimulatedPhone.answersAfter(Duration.ofSeconds(1)).hangingUpAfter(Duration.ofSeconds(9)));
        Ran ran = place("--dial", "sip:1001", "--record", "--ring", "20s", "--yes", "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        shell.provider.time().runUntilIdle();
        String id = ran.json().at("/ref").asText();
        assertThat(shell.run("recording", "list", "--call", id, "--json").json())
                .hasSize(1);
    }

    @Test
    void placeAsksAndADryRunDoesNothing() {
        Ran dry = place("--say", "Hello", "--record", "--max", "30m", "--dry-run");
        assertThat(dry.exit()).isZero();
        assertThat(dry.out())
                .contains("Call +14165550199 from +14165550100 (price unknown: provider 'memory' does not tell it)")
                .contains("record, say (en): Hello")
                .contains("30 min")
                .doesNotContain("PT30M");
        JsonNode json = place(
                        "--play",
                        "https://a.example/x.wav",
                        "--digits",
                        "1w2",
                        "--dial",
                        "+14165550123",
                        "--dry-run",
                        "--json")
                .json();
        assertThat(json.at("/request/onAnswer").toString())
                .isEqualTo("[\"play https://a.example/x.wav\",\"send digits\",\"dial +14165550123\"]");
        assertThat(json.get("pricePerMinute").isNull()).isTrue();
        assertThat(place("--say", "Hello").exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(shell.provider.calls()).isEmpty();
    }

    @Test
    void placeShowsWhatAMinuteCostsBeforeItAsks() {
        shell.provider.carrier().listsCalls("+1416", Money.of("0.014", "USD"));
        shell.provider.carrier().listsCalls("+1819", Money.of("0.02", "USD"));
        Ran asked = shell.answering("n").run(typed("--say", "Hello"));
        assertThat(asked.exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(asked.err()).contains("Call +14165550199 from +14165550100 (0.014 USD a minute)");
        assertThat(place("--dial", "+18195550123", "--dial", "sip:1001", "--dry-run")
                        .out())
                .contains("(0.014 USD a minute, plus 0.02 USD a minute for --dial +18195550123,"
                        + " plus price unknown for --dial sip:1001: it is no telephone number)");
        assertThat(shell.provider.calls()).isEmpty();
        Ran done = place("--say", "Hello", "--yes", "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.err()).contains("(0.014 USD a minute)");
    }

    @Test
    void placeTellsScriptsWhatAMinuteCosts() {
        shell.provider.carrier().listsCalls("+1416", Money.of("0.014", "USD"));
        JsonNode plain = place("--say", "Hello", "--dry-run", "--json").json();
        assertThat(plain.get("pricePerMinute").toString()).isEqualTo("{\"amount\":\"0.014\",\"currency\":\"USD\"}");
        assertThat(plain.has("dialled")).isFalse();
        assertThat(plain.has("priceUnknown")).isFalse();
        JsonNode dialling = place("--dial", "+14165550123", "--dial", "+18195550123", "--dry-run", "--json")
                .json();
        assertThat(dialling.get("dialled").toString())
                .isEqualTo("[{\"to\":\"+14165550123\",\"pricePerMinute\":{\"amount\":\"0.014\",\"currency\":\"USD\"}},"
                        + "{\"to\":\"+18195550123\",\"pricePerMinute\":null}]");
        assertThat(dialling.get("priceUnknown").asText()).isEqualTo("provider 'memory' does not tell it");
    }

    @Test
    void placeNeedsNoPrices() {
        shell = new Shell(Shell.carrier().without(Prices.class).start(), folder);
        shell.provider.carrier().owns(Shell.OURS);
        Ran ran = shell.answering("y").run(typed("--say", "Hello"));
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("(price unknown: provider 'memory' lists no prices)");
        JsonNode json = place("--say", "Hello", "--dry-run", "--json").json();
        assertThat(json.get("pricePerMinute").isNull()).isTrue();
        assertThat(json.get("priceUnknown").asText()).isEqualTo("provider 'memory' lists no prices");
        assertThat(shell.provider.calls()).hasSize(1);
    }

    @Test
    void placeSaysWhyThePriceCouldNotBeHad() {
        shell.provider.carrier().goesDown("maintenance with " + Shell.KEY);
        Ran ran = place("--say", "Hello", "--dial", "+14165550123", "--dry-run");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("(price unknown: memory price.call: the provider is down: maintenance with [secret])");
        JsonNode json = place("--say", "Hello", "--dry-run", "--json").json();
        assertThat(json.get("pricePerMinute").isNull()).isTrue();
        assertThat(json.get("priceUnknown").asText())
                .contains("the provider is down")
                .doesNotContain(Shell.KEY);
    }

    @Test
    void placeWhoseResultCannotBeShownSaysThatItWasDone() {
        Ran ran = shell.runUnheard(
                "call", "place", "--from", Shell.OURS.e164(), "--to", "+14165550123", "--say", "Hello", "--yes");

        assertThat(shell.provider.calls()).hasSize(1);
        assertThat(ran.exit()).isEqualTo(ExitCode.IN_DOUBT);
        assertThat(ran.err())
                .contains("call.place: it was done, but its result cannot be shown")
                .contains("It was done: do not repeat it. ")
                .contains("Its command id is made-up-1.")
                .doesNotContain("nothing was done");
    }

    @Test
    void placeInDoubtSaysHowToLookAndIsNotRepeated() {
        shell.provider.carrier().failNextAfterDoing(Operation.CALL_PLACE, lost());
        Ran ran = place("--say", "Hello", "--yes", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.IN_DOUBT);
        assertThat(ran.err())
                .contains("it may have been done")
                .contains("do not repeat it before you have looked")
                .contains("pstn call list --since 1h")
                .contains("Its command id is made-up-1.");
        assertThat(ran.json().at("/error/effect").asText()).isEqualTo("UNKNOWN");
        assertThat(ran.json().at("/error/commandId").asText()).isEqualTo("made-up-1");
        assertThat(ran.json().at("/error/exitCode").asInt()).isEqualTo(4);
        assertThat(shell.provider.calls()).hasSize(1);
    }

    @Test
    void aReadThatFailsIsNeverInDoubt() {
        shell.provider.carrier().failNext(Operation.CALL_FETCH, lost());
        Ran ran = shell.run("call", "show", "call-1");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("(nothing was done)").doesNotContain("may have been");
    }

    @Test
    void placeRefusesWhatCannotBe() {
        assertThat(place("--yes").err()).contains("nothing happens once they answer; give --say");
        assertThat(place("--say", "x", "--ring", "1h", "--yes").err())
                .contains("ring time is 1 h; allowed are 1 s to 10 min");
        assertThat(place("--say", "x", "--ring", "soon", "--yes").err())
                .contains("Invalid value for option '--ring'")
                .contains("expected one like 30s");
        for (String nobody : new String[] {"911", "4165550199", "+1416", "alice"}) {
            Ran ran = shell.run("call", "place", "--from", Shell.OURS.e164(), "--to", nobody, "--say", "x", "--yes");
            assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.err()).contains("'--to'").contains("'" + nobody + "'");
        }
        assertThat(shell.provider.calls()).isEmpty();
    }

    @Test
    void hangupEndsACall() {
        shell.provider.phone(Destination.number(Shell.THEIRS), SimulatedPhone.neverAnswers());
        String id = place("--say", "Hello", "--yes", "--json").json().at("/ref").asText();
        assertThat(shell.run("call", "hangup", id, "--dry-run").out()).contains("End the call " + id);
        Ran ran = shell.run("call", "hangup", id);
        assertThat(ran.exit()).as(ran.err()).isZero();
        shell.provider.time().runUntilIdle();
        assertThat(shell.run("call", "show", id, "--json").json().at("/status").asText())
                .isEqualTo("ENDED");
    }

    @Test
    void showOfACallThatIsNotThere() {
        Ran ran = shell.run("call", "show", "call-9");
        assertThat(ran.exit()).isEqualTo(ExitCode.NO);
        assertThat(ran.err()).isEqualToIgnoringNewLines("pstn: call call-9 does not exist");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void listShowsTheNewestFirst() {
        place("--say", "One", "--yes");
        shell.provider.time().runUntilIdle();
        place("--say", "Two", "--yes");
        shell.provider.time().runUntilIdle();
        assertThat(shell.run("call", "list", "--since", "1h").out().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("CALL");
        JsonNode newest = shell.run("call", "list", "--limit", "1", "--json").json();
        assertThat(newest).hasSize(1);
        assertThat(newest.at("/0/call").asText())
                .isEqualTo(shell.provider.calls().get(1).ref().id());
        assertThat(shell.run("call", "list", "--limit", "0").err()).contains("--limit is 0; allowed are 1 to 1000");
    }

    private Ran place(String... more) {
        return shell.run(typed(more));
    }

    private static String[] typed(String... more) {
        String[] arguments = new String[6 + more.length];
        System.arraycopy(
                new String[] {"call", "place", "--from", Shell.OURS.e164(), "--to", Shell.THEIRS.e164()},
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return arguments;
    }

    private ProviderUnavailable lost() {
        return new ProviderUnavailable(
                Failure.of(shell.provider.id(), "call.place", Effect.UNKNOWN, "the answer was lost"));
    }
}
