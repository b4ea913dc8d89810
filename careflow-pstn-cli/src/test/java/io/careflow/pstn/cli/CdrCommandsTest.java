package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.SimulatedPhone;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdrCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void call() {
        shell = Shell.in(folder);
        shell.provider.carrier().owns(Shell.OURS);
        shell.provider.phone(Destination.number(Shell.THEIRS), SimulatedPhone.answersAfter(Duration.ofSeconds(2)));
        for (int i = 0; i < 2; i++) {
            shell.run(
                    "call", "place", "--from", Shell.OURS.e164(), "--to", Shell.THEIRS.e164(), "--say", "Hi", "--yes");
            shell.provider.time().runUntilIdle();
        }
        shell.provider.carrier().rates(shell.provider.calls().get(0).ref(), Money.of("0.0085", "USD"));
    }

    @Test
    void pullShowsTimesInUtcAndPricesWithTheirCurrency() {
        Ran ran = shell.run("cdr", "pull", "--since", "1h");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines()).hasSize(3);
        assertThat(ran.out())
                .contains("2026-01-05T12:00:00Z")
                .contains("0.0085 USD")
                .contains("unknown");
        assertThat(ran.err()).contains("2 records from 2026-01-05T11:");
    }

    @Test
    void pullAsJsonIsOneArray() {
        JsonNode all = shell.run("cdr", "pull", "--from", "2026-01-05", "--to", "2026-01-06", "--json")
                .json();
        assertThat(all).hasSize(2);
        assertThat(all.at("/0/price/amount").asText()).isEqualTo("0.0085");
        assertThat(all.at("/1/price").isNull()).isTrue();
        assertThat(all.at("/0/started").asText()).isEqualTo("2026-01-05T12:00:00Z");
        assertThat(shell.run("cdr", "pull", "--from", "2025-01-05", "--to", "2025-01-06", "--json")
                        .json())
                .isEmpty();
    }

    @Test
    void pullOfAnEmptySpanIsRefusedAndOfAQuietOneIsNot() {
        Ran empty = shell.run("cdr", "pull", "--from", "2026-01-06", "--to", "2026-01-05");
        assertThat(empty.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(empty.err()).contains("is empty; expected a beginning before its end");
        assertThat(shell.run("cdr", "pull", "--from", "5 January").err())
                .contains("'--from'")
                .contains("2026-01-31");
        assertThat(shell.run("cdr", "pull", "--since", "1h", "--from", "2026-01-05")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("cdr", "pull", "--from", "2025-01-05", "--to", "2025-01-06")
                        .out())
                .startsWith("No calls started");
    }

    @Test
    void pullThatFailsAtOnceIsAFailureLikeOthers() {
        shell.provider
                .carrier()
                .failNext(
                        Operation.CDR_PULL,
                        new ProviderUnavailable(Failure.of(shell.provider.id(), "cdr.pull", Effect.UNKNOWN, "away")));
        Ran ran = shell.run("cdr", "pull", "--json");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.json().at("/error/operation").asText()).isEqualTo("cdr.pull");
    }
}
