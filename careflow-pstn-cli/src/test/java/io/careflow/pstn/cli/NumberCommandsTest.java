package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberRequirements.Requirement;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberCommandsTest {
    private static final PhoneNumber PRICED = new PhoneNumber("+14165550142");
    private static final PhoneNumber UNPRICED = new PhoneNumber("+14165550143");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void sell() {
        shell = Shell.in(folder);
        shell.provider.carrier().sells(onSale(PRICED, NumberPrice.monthly(Money.of("1.15", "USD"))));
        shell.provider.carrier().sells(onSale(UNPRICED, NumberPrice.UNKNOWN));
    }

    @Test
    void searchShowsNumbersInAlignedColumns() {
        Ran ran = shell.run("number", "search", "--country", "ca", "--area", "416");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "NUMBER        KIND   WHERE            FEATURES    ONCE     MONTHLY   ADDRESS",
                        "+14165550142  LOCAL  Toronto, ON, CA  SMS, VOICE  unknown  1.15 USD  no",
                        "+14165550143  LOCAL  Toronto, ON, CA  SMS, VOICE  unknown  unknown   no");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void searchAsJsonIsOneArrayWithTheNamesOfTheApi() {
        JsonNode found =
                shell.run("number", "search", "--country", "CA", "--json").json();
        assertThat(found).hasSize(2);
        assertThat(found.at("/0/number").asText()).isEqualTo(PRICED.e164());
        assertThat(found.at("/0/price/monthly/amount").asText()).isEqualTo("1.15");
        assertThat(found.at("/0/price/monthly/currency").asText()).isEqualTo("USD");
        assertThat(found.at("/1/price/monthly").isNull()).isTrue();
    }

    @Test
    void searchWithoutAFindSaysSo() {
        Ran ran = shell.run("number", "search", "--country", "DE");
        assertThat(ran.out()).isEqualToIgnoringNewLines("No such number can be ordered.");
        assertThat(shell.run("number", "search", "--country", "DE", "--json").json())
                .isEmpty();
    }

    @Test
    void searchRefusesACountryThatIsNone() {
        Ran ran = shell.run("number", "search", "--country", "Canada");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("country is 'CANADA'; expected an ISO 3166 code such as CA");
    }

    @Test
    void orderShowsThePriceAndAsks() {
        Ran ran = shell.answering("y").run("number", "order", PRICED.e164(), "--label", "Reception");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err())
                .contains("Order the number +14165550142 (1.15 USD a month)")
                .contains("Reception");
        assertThat(shell.questions).hasSize(1);
        assertThat(ran.out()).contains("+14165550142").contains("Reception").contains("made-up-1");
        assertThat(balance()).isEqualTo(Money.of("98.85", "USD"));
        assertThat(owned(PRICED)).isTrue();
    }

    @Test
    void orderSaysWhereThePriceIsUnknown() {
        Ran ran = shell.answering("yes").run("number", "order", UNPRICED.e164());
        assertThat(ran.err()).contains("(price unknown)");
        assertThat(owned(UNPRICED)).isTrue();
    }

    @Test
    void reserveHoldsANumberWithoutAsking() {
        Ran dry = shell.run("number", "reserve", PRICED.e164(), "--dry-run");
        assertThat(dry.out()).contains("Hold the number +14165550142");
        Ran ran = shell.run("number", "reserve", PRICED.e164(), "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/status").asText()).isEqualTo("HELD");
        assertThat(ran.json().at("/commandId").asText()).isEqualTo("made-up-2");
        Ran again = shell.run("number", "reserve", PRICED.e164(), "--json");
        assertThat(again.json().at("/error/kind").asText()).isEqualTo("NumberUnavailable");
    }

    @Test
    void requirementsAreShownWhereThereAreSome() {
        shell.provider
                .carrier()
                .regulatorWants(
                        "CH",
                        NumberKind.LOCAL,
                        new Requirement("proof", "Proof of address", "document", "not older than 3 months", ""));
        Ran ran = shell.run("number", "requirements", "--country", "ch");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "NAME              TYPE      ACCEPTED                 EXAMPLE  ID",
                        "Proof of address  document  not older than 3 months  -        proof");
        assertThat(shell.run("number", "requirements", "--country", "CA").out())
                .isEqualToIgnoringNewLines("Nothing is wanted for such numbers.");
        Ran wrong = shell.run("number", "requirements", "--country", "Schweiz");
        assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("country is 'Schweiz'; expected an ISO 3166 code");
    }

    @Test
    void passwordsInUrlsAreNotShown() {
        String voice = "https://pbx:sekrit@pbx.example.org/voice";
        Ran dry = shell.run("number", "order", PRICED.e164(), "--voice-url", voice, "--dry-run", "--json");
        assertThat(dry.json().at("/request/voiceUrl").asText()).isEqualTo("https://[...]@pbx.example.org/voice");
        Ran made = shell.run("number", "order", PRICED.e164(), "--voice-url", voice, "--yes");
        Ran list = shell.run("number", "list");
        assertThat(list.out()).contains("https://[...]@pbx.example.org/voice");
        assertThat(dry.out() + made.out() + made.err() + list.out()).doesNotContain("sekrit");
        assertThat(shell.provider
                        .require(NumberInventory.class)
                        .find(PRICED)
                        .orElseThrow()
                        .voiceUrl())
                .hasToString(voice);
    }

    @Test
    void orderIsNotMadeWithoutAYes() {
        for (String typed : new String[] {"n", "", "yep"}) {
            Ran ran = Shell.in(folder).answering(typed).run("number", "order", PRICED.e164());
            assertThat(ran.exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
            assertThat(ran.err()).contains("number.order was not confirmed; nothing was done");
        }
        assertThat(owned(PRICED)).isFalse();
    }

    @Test
    void orderIsRefusedWhereNobodyCanBeAsked() {
        Ran ran = shell.run("number", "order", PRICED.e164(), "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(ran.err()).contains("there is no terminal to ask on: give --yes");
        assertThat(ran.json().at("/error/kind").asText()).isEqualTo("NotConfirmed");
        assertThat(owned(PRICED)).isFalse();
    }

    @Test
    void orderDoesNotAskIfToldSo() {
        Ran ran = shell.run("number", "order", PRICED.e164(), "--yes", "--json", "--command-id", "order-7");
        assertThat(ran.exit()).isZero();
        assertThat(ran.json().at("/commandId").asText()).isEqualTo("order-7");
        assertThat(ran.json().at("/status").asText()).isEqualTo("ACTIVE");
        assertThat(ran.err()).contains("Command id: order-7");
        assertThat(shell.questions).isEmpty();
    }

    @Test
    void orderAsADryRunDoesNothing() {
        Ran ran = shell.run("number", "order", PRICED.e164(), "--dry-run", "--voice-url", "https://a.example/voice");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("Dry run, nothing is done: Order the number +14165550142 (1.15 USD a month)")
                .contains("https://a.example/voice");
        JsonNode json = shell.run("number", "order", PRICED.e164(), "--dry-run", "--json")
                .json();
        assertThat(json.at("/dryRun").asBoolean()).isTrue();
        assertThat(json.at("/action").asText()).isEqualTo("number.order");
        assertThat(json.at("/price/monthly/amount").asText()).isEqualTo("1.15");
        assertThat(json.at("/request/number").asText()).isEqualTo(PRICED.e164());
        assertThat(owned(PRICED)).isFalse();
        assertThat(balance()).isEqualTo(Money.of("100", "USD"));
    }

    @Test
    void orderOfANumberThatIsGoneDoesNothing() {
        shell.provider.carrier().soldToSomebodyElse(PRICED);
        Ran ran = shell.run("number", "order", PRICED.e164(), "--yes", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.json().at("/error/kind").asText()).isEqualTo("NumberUnavailable");
        assertThat(ran.json().at("/error/effect").asText()).isEqualTo("NONE");
    }

    @Test
    void orderRefusesAnOptionThatTheProviderDoesNotHave() {
        Ran ran = shell.run("number", "order", PRICED.e164(), "--yes", "--option", "bundle=7");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("no option 'bundle'; allowed are []");
        assertThat(owned(PRICED)).isFalse();
    }

    @Test
    void listShowsWhereCallsGo() {
        assertThat(shell.run("number", "list").out()).isEqualToIgnoringNewLines("The account has no numbers.");
        shell.provider.carrier().owns(Shell.OURS);
        assertThat(shell.run("number", "list").out()).contains("+14165550100  ACTIVE");
        assertThat(shell.run("number", "list", "--json")
                        .json()
                        .at("/0/rawStatus")
                        .asText())
                .isEqualTo("active");
    }

    @Test
    void configureChangesWhatIsNamed() {
        shell.provider.carrier().owns(Shell.OURS);
        Ran ran =
                shell.run("number", "configure", Shell.OURS.e164(), "--message-url", "https://a.example/sms", "--json");
        assertThat(ran.exit()).isZero();
        assertThat(ran.json().at("/messageUrl").asText()).isEqualTo("https://a.example/sms");
        Ran dry = shell.run(
                "number", "configure", Shell.OURS.e164(), "--message-url", "https://b.example/sms", "--dry-run");
        assertThat(dry.out()).contains("https://b.example/sms");
        assertThat(shell.run("number", "list", "--json")
                        .json()
                        .at("/0/messageUrl")
                        .asText())
                .isEqualTo("https://a.example/sms");
    }

    @Test
    void configureRefusesNothingToChangeAndWhatIsNotThere() {
        assertThat(shell.run("number", "configure", Shell.OURS.e164()).err()).contains("nothing to change");
        Ran ran = shell.run("number", "configure", Shell.OURS.e164(), "--label", "x");
        assertThat(ran.exit()).isEqualTo(ExitCode.NO);
        Ran both = shell.run(
                "number", "configure", Shell.OURS.e164(), "--trunk", "t", "--voice-url", "https://a.example/v");
        assertThat(both.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(both.err()).contains("a voice URL or a trunk, not both");
    }

    @Test
    void releaseAsksAndReleases() {
        shell.provider.carrier().owns(Shell.OURS);
        assertThat(shell.run("number", "release", Shell.OURS.e164()).exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        assertThat(shell.run("number", "release", Shell.OURS.e164(), "--dry-run")
                        .exit())
                .isZero();
        assertThat(owned(Shell.OURS)).isTrue();
        Ran ran = shell.answering("Y").run("number", "release", Shell.OURS.e164(), "--json");
        assertThat(ran.json().at("/number").asText()).isEqualTo(Shell.OURS.e164());
        assertThat(owned(Shell.OURS)).isFalse();
        assertThat(shell.run("number", "release", Shell.OURS.e164(), "--yes").exit())
                .isEqualTo(ExitCode.NO);
    }

    private boolean owned(PhoneNumber number) {
        return shell.provider.require(NumberInventory.class).find(number).isPresent();
    }

    private Money balance() {
        return shell.provider.require(Account.class).balance();
    }

    static AvailableNumber onSale(PhoneNumber number, NumberPrice price) {
        return new AvailableNumber(
                number,
                NumberKind.LOCAL,
                "local",
                "CA",
                "Toronto",
                "ON",
                Set.of(NumberFeature.VOICE, NumberFeature.SMS),
                price,
                false);
    }
}
