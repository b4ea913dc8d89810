package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.webhook.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What all commands have in common. */
class EveryCommandTest {
    private static final PhoneNumber TO_PROVE = new PhoneNumber("+14165550178");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        shell = carrier(Shell.in(folder));
        Files.writeString(folder.resolve("request.http"), "POST /x HTTP/1.1\nHost: pbx.example.org\n\nbody");
    }

    static List<Case> commands() {
        return List.of(
                new Case("number search --country CA", NumberInventory.class, Operation.NUMBER_SEARCH),
                new Case("number order +14165550142", NumberInventory.class, Operation.NUMBER_ORDER),
                new Case("number list", NumberInventory.class, Operation.NUMBER_LIST),
                new Case("number configure +14165550100 --label x", NumberInventory.class, Operation.NUMBER_CONFIGURE),
                new Case("number release +14165550100", NumberInventory.class, Operation.NUMBER_RELEASE),
                new Case("number requirements --country CH", NumberRequirements.class, Operation.NUMBER_REQUIREMENTS),
                new Case("number reserve +14165550142", NumberReservations.class, Operation.NUMBER_RESERVE),
                new Case("caller-id list", CallerIds.class, Operation.CALLER_ID_LIST),
                new Case("caller-id begin +14165550177", CallerIds.class, Operation.CALLER_ID_BEGIN),
                new Case("caller-id confirm +14165550178 CODE", CallerIds.class, Operation.CALLER_ID_CONFIRM),
                new Case("caller-id remove +14165550177", CallerIds.class, Operation.CALLER_ID_REMOVE),
                new Case("trunk create east --credentials-file east", TrunkControl.class, Operation.TRUNK_CREATE),
                new Case("trunk list", TrunkControl.class, Operation.TRUNK_LIST),
                new Case("trunk show TRUNK", TrunkControl.class, Operation.TRUNK_FETCH),
                new Case("trunk limit TRUNK --country CA", TrunkControl.class, Operation.TRUNK_LIMIT),
                new Case("trunk delete TRUNK", TrunkControl.class, Operation.TRUNK_DELETE),
                new Case(
                        "call place --from +14165550100 --to +14165550199 --say Hello",
                        CallControl.class,
                        Operation.CALL_PLACE),
                new Case(
                        "callback --phone +14165550199 --to +14165550123 --from +14165550100",
                        CallControl.class,
                        Operation.CALL_PLACE),
                new Case("call show CALL", CallControl.class, Operation.CALL_FETCH),
                new Case("call hangup CALL", CallControl.class, Operation.CALL_HANG_UP),
                new Case("call list", ProviderCdrs.class, Operation.CDR_PULL),
                new Case(
                        "message send --from +14165550100 --to +14165550199 Hello",
                        Messaging.class,
                        Operation.MESSAGE_SEND),
                new Case("message show MESSAGE", Messaging.class, Operation.MESSAGE_FETCH),
                new Case("recording list --call CALL", Recordings.class, Operation.RECORDING_LIST),
                new Case("recording fetch RECORDING --out x.wav", Recordings.class, Operation.RECORDING_DOWNLOAD),
                new Case("recording delete RECORDING", Recordings.class, Operation.RECORDING_DELETE),
                new Case("cdr pull", ProviderCdrs.class, Operation.CDR_PULL),
                new Case("balance", Account.class, Operation.ACCOUNT_BALANCE),
                new Case("price call --from +14165550100 --to +14165550199", Prices.class, Operation.ACCOUNT_BALANCE),
                new Case(
                        "price message --from +14165550100 --to +14165550199", Prices.class, Operation.ACCOUNT_BALANCE),
                new Case("webhook verify request.http", Webhooks.class, null));
    }

    static Stream<Case> asking() {
        return commands().stream().filter(Case::isWrite);
    }

    @Test
    void noCommandIsForgotten() {
        Set<String> tested = commands().stream()
                .map(each -> each.typed().replaceFirst("^(\\S+ [a-z]+|balance|callback).*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        tested.addAll(List.of("doctor", "completion"));
        // Of price lists: RatesCommandsTest.
        tested.addAll(List.of("rates check", "quote", "route explain"));
        // Of rules: GuardExplainTest, GuardExplainIT.
        tested.add("guard explain");
        // Of a database: RatesImportIT, OwnCdrsIT.
        tested.addAll(List.of("rates import", "cdr list", "cdr show"));
        // Of a database: CreditCommandsIT.
        tested.addAll(List.of(
                "credit balance", "credit open", "credit pay-in", "credit limit", "credit entries", "credit audit"));
        // Of no carrier: SipTrunkCarrierTest, ConfigRenderTest, ConfigCheckCommandTest.
        tested.addAll(List.of("trunk check", "config render", "config check"));
        // Of files: CostCommandsTest.
        tested.addAll(List.of("cost report", "cost compare"));
        // Of one carrier only: TelnyxCarrierTest, VoipMsCarrierTest.
        tested.addAll(List.of("application list", "application create", "application delete", "trunk registrations"));
        assertThat(names("", line())).isEqualTo(tested);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void withoutTheCapabilityItRefusesCleanly(Case each) {
        shell = new Shell(Shell.carrier().without(each.capability()).start(), folder);
        for (String[] options : new String[][] {{"--json"}, {"--json", "--yes"}, {"--json", "--dry-run"}}) {
            if (options.length == 1 || each.isWrite()) {
                Ran ran = run(each, options);
                assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
                assertThat(ran.json().at("/error/kind").asText()).isEqualTo("UnsupportedCapability");
                assertThat(ran.json().at("/error/effect").asText()).isEqualTo("NONE");
                assertThat(ran.err().lines())
                        .singleElement()
                        .asString()
                        .contains("provider 'memory' has no capability "
                                + each.capability().getSimpleName());
            }
        }
    }

    @Test
    void whatOnlyOneCarrierHasTheOthersRefuse() {
        String create = "application create clinic --webhook-url https://phone.example.org/telnyx --yes";
        for (String typed :
                List.of("application list", create, "application delete 7 --dry-run", "trunk registrations 7")) {
            Ran ran = shell.run((typed + " --json").split(" ", -1));
            assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(ran.json().at("/error/kind").asText()).isEqualTo("UnsupportedCapability");
            assertThat(ran.err()).containsAnyOf("CallApplications", "TrunkRegistrations");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itSucceedsWithOneJsonDocumentOnStandardOutput(Case each) {
        Ran ran = run(each, each.isWrite() ? new String[] {"--json", "--yes"} : new String[] {"--json"});
        assertThat(ran.exit()).as(ran.err()).isEqualTo(each.operation() == null ? ExitCode.NO : ExitCode.OK);
        assertThat(ran.json().isContainerNode()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("asking")
    void aDryRunSendsNothing(Case each) {
        shell.provider.carrier().failNext(each.sent(), unknown(each));
        Ran dry = run(each, "--dry-run", "--json");
        assertThat(dry.exit()).as(dry.err()).isZero();
        assertThat(dry.json().at("/action").asText()).isEqualTo(each.sent().toString());
        // The failure still waits: nothing was sent before. Now it is, and is in doubt.
        Ran sent = run(each, "--yes", "--json");
        assertThat(sent.exit()).isEqualTo(ExitCode.IN_DOUBT);
        assertThat(sent.json().at("/error/advice").asText()).contains("do not repeat it before you have looked");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itHasHelpWithTheGlobalOptionsAndTheExitCodes(Case each) {
        String[] words = each.typed().split(" ", -1);
        Ran ran = words.length > 1 && !words[1].startsWith("-")
                ? shell.run(words[0], words[1], "--help")
                : shell.run(words[0], "--help");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("Usage: pstn " + words[0]).contains("--provider", "--json", "Exit codes:");
    }

    @Test
    void helpHasExamplesAndTheVersionIsThere() {
        assertThat(shell.run("call", "place", "--help").out()).contains("Examples:", "pstn call place --from");
        assertThat(shell.run("--version").out()).startsWith("pstn ");
    }

    @Test
    void aCommandThatIsMissingOrUnknownIsUsage() {
        for (String[] typed : new String[][] {{}, {"number"}, {"nummer"}, {"number", "lst"}, {"balance", "--yess"}}) {
            Ran ran = shell.run(typed);
            assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).startsWith("pstn: ").contains("--help'");
        }
    }

    @Test
    void completionIsAScriptOfAllCommands() {
        Ran ran = shell.run("completion");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("complete -F", "recording", "--credentials-file");
    }

    @Test
    void stackTracesAreShownOnlyOnRequest() {
        assertThat(shell.run("call", "show", "x").err()).doesNotContain("\tat ");
        assertThat(shell.run("call", "show", "x", "--verbose").err()).contains("\tat io.careflow");
    }

    @Test
    void noSecretIsInAnythingThatIsSaid() throws IOException {
        List<String> secrets = new ArrayList<>(List.of(Shell.KEY));
        for (Case each : commands()) {
            for (String option : new String[] {"--json", "--verbose"}) {
                run(each, option);
                if (each.isWrite()) {
                    run(each, option, "--dry-run");
                    shell.provider.carrier().failNext(each.sent(), unknown(each));
                    run(each, option, "--yes");
                    run(each, option, "--yes");
                }
                Files.deleteIfExists(folder.resolve("x.wav"));
                secrets.addAll(passwords("east"));
                Files.deleteIfExists(folder.resolve("east"));
            }
        }
        secrets.addAll(passwords("first"));
        for (String option : new String[] {"--json", "--verbose"}) {
            shell.run("doctor", option);
            shell.run("completion", option);
            Files.writeString(folder.resolve("file"), "memory.key=" + Shell.KEY + "\nmemory.nonsense=" + Shell.KEY);
            shell.run("balance", "--config", "file", option);
        }
        assertThat(secrets).hasSizeGreaterThan(2);
        assertThat(shell.said).hasSizeGreaterThan(100);
        for (String said : shell.said) {
            for (String secret : secrets) {
                assertThat(said.contains(secret))
                        .as("a secret is said in: %s", said.replace(secret, "[it]"))
                        .isFalse();
            }
        }
    }

    private List<String> passwords(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path)
                ? Files.readAllLines(path).stream()
                        .filter(line -> line.startsWith("password."))
                        .map(line -> line.substring(line.indexOf('=') + 1))
                        .toList()
                : List.of();
    }

    private static Shell carrier(Shell shell) {
        shell.provider.carrier().owns(Shell.OURS);
        shell.provider.carrier().sells(NumberCommandsTest.onSale(new PhoneNumber("+14165550142"), NumberPrice.UNKNOWN));
        shell.provider.phone(Destination.number(Shell.THEIRS), SimulatedPhone.answersAfter(Duration.ofSeconds(2)));
        shell.run("caller-id", "begin", TO_PROVE.e164(), "--yes");
        shell.run("trunk", "create", "first", "--credentials-file", "first", "--yes");
        shell.run(
                "call",
                "place",
                "--from",
                Shell.OURS.e164(),
                "--to",
                Shell.THEIRS.e164(),
                "--say",
                "Hi",
                "--record",
                "--yes");
        shell.run("message", "send", "--from", Shell.OURS.e164(), "--to", Shell.THEIRS.e164(), "Hi", "--yes");
        shell.provider.time().runUntilIdle();
        return shell;
    }

    private Ran run(Case each, String... options) {
        List<String> words = new ArrayList<>(List.of(each.typed().split(" ", -1)));
        words.replaceAll(this::known);
        words.addAll(List.of(options));
        return shell.run(words.toArray(String[]::new));
    }

    /** The id of the thing that is there, where the provider has such things at all. */
    private String known(String word) {
        return switch (word) {
            case "CODE" -> shell.provider.carrier().codeTold(TO_PROVE).orElse("none");
            case "TRUNK" ->
                shell.provider
                        .find(TrunkControl.class)
                        .flatMap(trunks -> trunks.list().stream().findFirst())
                        .map(trunk -> trunk.ref().id())
                        .orElse("none");
            case "CALL" ->
                shell.provider.calls().stream()
                        .findFirst()
                        .map(call -> call.ref().id())
                        .orElse("none");
            case "RECORDING" ->
                shell.provider
                        .find(Recordings.class)
                        .flatMap(recordings -> shell.provider.calls().stream()
                                .flatMap(call -> recordings.list(call.ref()).stream())
                                .findFirst())
                        .map(recording -> recording.ref().id())
                        .orElse("none");
            case "MESSAGE" ->
                shell.said.stream()
                        .flatMap(said ->
                                Pattern.compile("message-[0-9]+").matcher(said).results())
                        .findFirst()
                        .map(MatchResult::group)
                        .orElse("none");
            default -> word;
        };
    }

    private ProviderUnavailable unknown(Case each) {
        return new ProviderUnavailable(Failure.of(
                shell.provider.id(), String.valueOf(each.operation()), Effect.UNKNOWN, "no answer, key " + Shell.KEY));
    }

    private CommandLine line() {
        return Commands.line(
                new Surroundings(Map.of(), folder, Clock.systemUTC(), () -> "", new ConsoleOperator(), Carriers.all()));
    }

    private static Set<String> names(String above, CommandLine line) {
        Set<String> names = new TreeSet<>();
        line.getSubcommands().forEach((name, below) -> {
            String path = (above + " " + name).strip();
            if (below.getSubcommands().isEmpty()) {
                names.add(path);
            } else {
                names.addAll(names(path, below));
            }
        });
        return names;
    }

    /** A command, what it needs, and what it does at the carrier; null if it asks nobody. */
    record Case(
            String typed,
            Class<? extends Capability> capability,
            @Nullable Operation operation) {
        Operation sent() {
            return Objects.requireNonNull(operation);
        }

        boolean isWrite() {
            return operation != null && operation.isWrite();
        }

        @Override
        public String toString() {
            return typed;
        }
    }
}
