package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.lab.LabPostgres;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("Our own call records from a real PostgreSQL")
class OwnCdrsIT {
    private static final Instant MORNING = Instant.parse("2026-03-02T10:00:00Z");

    private static LabPostgres postgres;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeAll
    static void server() {
        postgres = LabPostgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void calls() {
        shell = Shell.in(folder);
        LabPostgres.Database lab = postgres.newDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(lab.jdbcUrl());
        source.setUser(lab.user());
        PstnDatabase database = PstnDatabase.open(source, DatabaseSettings.defaults());
        database.cdrs().append(StoredCalls.call("c/1", MORNING, "+14165550199", CdrCost.UNRATED));
        database.cdrs().append(StoredCalls.call("c2", MORNING.plusSeconds(60), "+442071838750", CdrCost.UNRATED));
        shell.environment.put("PSTN_DATABASE_URL", lab.jdbcUrl());
        shell.environment.put("PSTN_DATABASE_USER", lab.user());
    }

    @Test
    @DisplayName("a list names every trunk that was tried, in both forms")
    void list() {
        Ran text = shell.run("cdr", "list", "--from", "2026-03-01", "--to", "2026-04-01");
        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out()).contains("asterisk/c/1", "east BARRED, west COMPLETED", "price unknown");
        Ran json = shell.run("cdr", "list", "--from", "2026-03-01", "--to", "2026-04-01", "--json");
        assertThat(json.json()).hasSize(2);
        assertThat(json.json().at("/0/provider").asText()).isEqualTo("asterisk");
        assertThat(json.json().at("/0/attempts/0/attempt/because").asText()).isEqualTo("sip 403");
        assertThat(shell.run("cdr", "list", "--from", "2026-04-01", "--to", "2026-05-01", "--json")
                        .json())
                .isEmpty();
        assertThat(shell.run(
                                "cdr",
                                "list",
                                "--from",
                                "2026-03-01",
                                "--to",
                                "2026-04-01",
                                "--provider",
                                "twilio",
                                "--json")
                        .json())
                .isEmpty();
        assertThat(shell.run("cdr", "list", "--from", "2026-03-01", "--to", "2026-04-01", "--tenant", "other", "--json")
                        .json())
                .isEmpty();
    }

    @Test
    @DisplayName("a call shows why each trunk was tried, what came of it and what was decided")
    void show() {
        Ran text = shell.run("cdr", "show", "asterisk/c/1");
        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out()).contains("expected 0.01 USD", "BARRED", "CONFIG", "sip 403", "NEXT", "STOP");
        Ran json = shell.run("cdr", "show", "asterisk/c/1", "--json");
        assertThat(json.json().at("/attempts/1/move").asText()).isEqualTo("STOP");
        assertThat(json.json().at("/attempts/0/attempt/verdict/failover").asText())
                .isEqualTo("CONFIG");
    }

    @Test
    @DisplayName("a call that is none, or no database, is refused cleanly")
    void refuses() {
        assertThat(shell.run("cdr", "show", "asterisk/none").exit()).isEqualTo(ExitCode.NO);
        assertThat(shell.run("cdr", "show", "none").exit()).isEqualTo(ExitCode.USAGE);
        shell.environment.put("PSTN_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        assertThat(shell.run("cdr", "show", "asterisk/c2").exit()).isEqualTo(ExitCode.FAILED);
        Ran json = shell.run("cdr", "list", "--json");
        assertThat(json.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(json.json().at("/error/effect").asText()).isEqualTo("NONE");
        shell.environment.remove("PSTN_DATABASE_URL");
        assertThat(shell.run("cdr", "list").exit()).isEqualTo(ExitCode.USAGE);
    }
}
