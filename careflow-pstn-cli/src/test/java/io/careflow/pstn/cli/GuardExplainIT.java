package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.money.Money;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("What a guard would say by the counters of a real PostgreSQL")
class GuardExplainIT {
    private static final String[] QUESTION = {
        "guard",
        "explain",
        "--to",
        "+14165550199",
        "--user",
        "anna",
        "--home",
        "CA",
        "--price",
        "0.05USD",
        "--minutes",
        "10"
    };

    @TempDir
    private Path folder;

    @Test
    @DisplayName("the counters of the application are seen and stay as they are; a database that is away is told")
    void counters() {
        try (LabPostgres postgres = LabPostgres.start()) {
            Shell shell = Shell.in(folder);
            assertThat(shell.run(QUESTION).exit()).as("nothing was counted").isZero();

            LabPostgres.Database lab = postgres.newDatabase();
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(lab.jdbcUrl());
            source.setUser(lab.user());
            CallGuard guard = new CallGuard(
                    GuardRulesBook.always(GuardRules.standard("CA")),
                    PstnDatabase.open(source, DatabaseSettings.defaults()).guards(),
                    Clock.fixed(shell.provider.time().now(), ZoneOffset.UTC));
            shell.environment.put("PSTN_DATABASE_URL", lab.jdbcUrl());
            shell.environment.put("PSTN_DATABASE_USER", lab.user());
            for (int call = 1; call <= 2; call++) {
                Ran before = shell.run(QUESTION);
                assertThat(before.exit()).as(before.out() + before.err()).isZero();
                assertThat(before.out()).contains("those of the database").contains("Allowed for 10 min");
                assertThat(guard.decide(GuardRequest.of(
                                                "call-" + call,
                                                TenantId.DEFAULT,
                                                "anna",
                                                GuardPurpose.CALL,
                                                new PhoneNumber("+14165550199"))
                                        .pricedPerMinute(Money.of("0.05", "USD"))
                                        .wanting(Duration.ofMinutes(2)))
                                .allowed())
                        .isTrue();
            }
            Ran refused = shell.run(QUESTION);
            assertThat(refused.exit()).isEqualTo(ExitCode.NO);
            assertThat(refused.out())
                    .contains("Refused by: user-at-once.")
                    .containsPattern("user-at-once +DENIED +2 at once +2 ");

            shell.environment.put("PSTN_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
            assertThat(shell.run(QUESTION).exit()).isEqualTo(ExitCode.FAILED);
        }
    }
}
