package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.Operation;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = Shell.in(folder);
        shell.provider.carrier().owns(Shell.OURS);
    }

    @Test
    void sendAsksWithTheNumberOfParts() {
        Ran ran = shell.answering("y").run(send("Grüße 你好"));
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains("Send a message to +14165550199 from +14165550100 in 1 part"
                        + " (price unknown: provider 'memory' does not tell it)")
                .contains("UCS_2");
        assertThat(shell.run(send("x".repeat(161), "--dry-run")).out())
                .contains("in 2 parts")
                .contains("GSM_7");
    }

    @Test
    void sendShowsThePriceOfAllItsParts() {
        shell.provider.carrier().listsTexts("+1", Money.of("0.0079", "USD"));
        assertThat(shell.answering("n").run(send("Hello")).err()).contains("in 1 part (0.0079 USD)");
        assertThat(shell.run(send("x".repeat(161), "--dry-run")).out())
                .contains("in 2 parts (0.0158 USD: 2 parts at 0.0079 USD)");
        JsonNode json = shell.run(send("x".repeat(161), "--dry-run", "--json")).json();
        assertThat(json.get("price").toString()).isEqualTo("{\"amount\":\"0.0158\",\"currency\":\"USD\"}");
        assertThat(json.at("/pricePerPart/amount").asText()).isEqualTo("0.0079");
        assertThat(json.has("priceUnknown")).isFalse();
    }

    @Test
    void sendNeedsNoPrices() {
        shell = new Shell(Shell.carrier().without(Prices.class).start(), folder);
        shell.provider.carrier().owns(Shell.OURS);
        Ran ran = shell.answering("y").run(send("Hello"));
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("(price unknown: provider 'memory' lists no prices)");
        JsonNode json = shell.run(send("Hello", "--dry-run", "--json")).json();
        assertThat(json.get("price").isNull()).isTrue();
        assertThat(json.get("priceUnknown").asText()).isEqualTo("provider 'memory' lists no prices");
    }

    @Test
    void sendSaysWhyThePriceCouldNotBeHad() {
        shell.provider.carrier().goesDown("maintenance with " + Shell.KEY);
        Ran ran = shell.run(send("Hello", "--dry-run"));
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("(price unknown: memory price.message: the provider is down: maintenance with [secret])");
        JsonNode json = shell.run(send("Hello", "--dry-run", "--json")).json();
        assertThat(json.get("price").isNull()).isTrue();
        assertThat(json.get("priceUnknown").asText())
                .contains("the provider is down")
                .doesNotContain(Shell.KEY);
    }

    @Test
    void showTellsWhatBecameOfIt() {
        Ran sent = shell.run(send("Hello", "--yes", "--json"));
        shell.provider.time().runUntilIdle();
        String id = sent.json().at("/ref").asText();
        assertThat(shell.run("message", "show", id).out()).contains("DELIVERED");
        assertThat(shell.run("message", "show", id, "--json")
                        .json()
                        .at("/segments")
                        .asInt())
                .isEqualTo(1);
        assertThat(shell.run("message", "show", "nothing").exit()).isEqualTo(ExitCode.NO);
    }

    @Test
    void sendIsNotDoneWithoutAYesOrInADryRun() {
        assertThat(shell.run(send("Hello")).exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(shell.run(send("Hello", "--dry-run")).exit()).isZero();
        assertThat(shell.run("message", "show", "message-00000001").exit()).isEqualTo(ExitCode.NO);
    }

    @Test
    void sendToWhoOptedOutIsRefusedInOneLine() {
        shell.provider.carrier().optsOut(Shell.THEIRS);
        Ran ran = shell.run(send("Hello", "--yes"));
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("Send a message to +14165550199 from +14165550100 in 1 part (");
        assertThat(ran.err().lines())
                .endsWith(
                        "Command id: made-up-1",
                        "pstn: memory message.send: the recipient has opted out (nothing was done)");
    }

    @Test
    void sendThatWasNotUnderstoodIsInDoubt() {
        ProtocolError error =
                new ProtocolError(Failure.of(shell.provider.id(), "message.send", Effect.UNKNOWN, "no JSON"));
        shell.provider.carrier().failNext(Operation.MESSAGE_SEND, error);
        assertThat(shell.run(send("Hello", "--yes")).exit()).isEqualTo(ExitCode.IN_DOUBT);
    }

    @Test
    void sendRefusesATextThatTheProcessCouldNotRead() {
        Ran ran = shell.run(send("Gr\uFFFD\uFFFDe", "--yes"));
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("set LC_ALL=C.UTF-8");
    }

    @Test
    void aTextThatBeginsWithAnAtSignIsNoFile() {
        assertThat(shell.run(send("@pom.xml", "--dry-run", "--json"))
                        .json()
                        .at("/request/text")
                        .asText())
                .isEqualTo("@pom.xml");
    }

    @Test
    void sendRefusesNumbersThatAreNone() {
        Ran ran = shell.run("message", "send", "Hello", "--from", "5550100", "--to", Shell.THEIRS.e164());
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("'--from'");
        assertThat(shell.run(send("", "--yes")).err()).contains("message text has 0 characters; allowed are 1 to 1600");
    }

    @Test
    void balanceIsAnAmountWithItsCurrency() {
        shell.provider.carrier().balance(Money.of("-1.505", "CAD"));
        assertThat(shell.run("balance").out()).isEqualToIgnoringNewLines("-1.505 CAD");
        assertThat(shell.run("balance", "--json").out())
                .isEqualToIgnoringNewLines("{\"amount\":\"-1.505\",\"currency\":\"CAD\"}");
        assertThat(shell.provider.require(Account.class).balance()).isEqualTo(Money.of("-1.505", "CAD"));
    }

    private static String[] send(String text, String... more) {
        String[] arguments = new String[7 + more.length];
        System.arraycopy(
                new String[] {"message", "send", "--from", Shell.OURS.e164(), "--to", Shell.THEIRS.e164(), text},
                0,
                arguments,
                0,
                7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        return arguments;
    }
}
