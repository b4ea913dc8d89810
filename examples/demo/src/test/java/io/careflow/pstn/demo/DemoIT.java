package io.careflow.pstn.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.careflow.pstn.lab.LabPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    Path folder;

    @Test
    void bothCallsAreShownAndTheirRecordsArePrintedAsJson() throws IOException, InterruptedException {
        DemoRun run = DemoRun.of(folder, "--json");

        assertThat(run.exit()).as(String.join("\n", run.err())).isZero();
        assertThat(run.out()).hasSize(3);
        JsonNode cdr = new ObjectMapper().readTree(run.out().get(0));
        assertThat(cdr.get("caller_number").asText()).isEqualTo("+16135550142");
        assertThat(cdr.get("dialled_number").asText()).isEqualTo("+14165550100");
        assertThat(cdr.get("typed_id").asText()).isEqualTo("0001");
        assertThat(cdr.get("destination_number").asText()).isEqualTo("sip:1001");
        assertThat(cdr.get("status").asText()).isEqualTo("ANSWERED");
        assertThat(cdr.get("cause_q850").asInt()).isEqualTo(16);
        assertThat(cdr.get("ring_ms").asLong()).isBetween(900L, 2_000L);
        assertThat(cdr.get("talk_ms").asLong()).isBetween(1_500L, 9_000L);
        assertThat(new BigDecimal(cdr.get("cost").asText())).isPositive();
        assertThat(cdr.get("currency").asText()).isEqualTo("USD");
        assertCallback(new ObjectMapper().readTree(run.out().get(1)));
        JsonNode refused = new ObjectMapper().readTree(run.out().get(2));
        assertThat(refused.get("status").asText()).isEqualTo("DENIED");
        assertThat(refused.get("dialled_number").asText()).isEqualTo(DemoDatabase.PREMIUM);
        assertThat(refused.get("legs")).isEmpty();
        assertThat(new BigDecimal(refused.get("cost").asText())).isZero();
        assertThat(refused.get("cost_explanation").asText()).contains("number-type", "country", "price-per-minute");
        assertThat(run.err())
                .anyMatch(line -> line.startsWith("+ ") && line.contains("the caller hears the welcome"))
                .anyMatch(line -> line.contains("phone 1001 rings and shows Alice Martin +16135550142"))
                .anyMatch(line -> line.contains("audio flows both ways"))
                .anyMatch(line -> line.contains("0.018 USD a minute"))
                .anyMatch(line -> line.contains("1.08 USD of 5.00 USD of credit are reserved"))
                .anyMatch(line -> line.contains("sent once more, calls nobody a second time"))
                .anyMatch(line -> line.contains("only now is the destination dialled"))
                .anyMatch(line -> line.contains("Sam Rivera pays 0.009 USD (margin 0.00815)"))
                .anyMatch(line -> line.contains("denied by the rules number-type"))
                .anyMatch(line -> line.startsWith("CALLER "))
                .allSatisfy(line -> assertThat(line).doesNotContain("Exception").hasSizeLessThanOrEqualTo(110));
    }

    private static void assertCallback(JsonNode cdr) {
        assertThat(cdr.get("direction").asText()).isEqualTo("OUTBOUND");
        assertThat(cdr.get("caller_number").asText()).isEqualTo("+14165550100");
        assertThat(cdr.get("dialled_number").asText()).isEqualTo("+16135550142");
        assertThat(cdr.get("user_ref").asText()).isEqualTo("sam");
        assertThat(cdr.get("carrier").asText()).isEqualTo("demo-carrier");
        assertThat(cdr.get("status").asText()).isEqualTo("ANSWERED");
        assertThat(cdr.get("released_by").asText()).isEqualTo("CALLEE");
        assertThat(cdr.get("talk_ms").asLong()).isBetween(2_900L, 6_000L);
        assertThat(new BigDecimal(cdr.get("cost").asText())).isEqualByComparingTo("0.00085");
        JsonNode legs = cdr.get("legs");
        assertThat(legs)
                .hasSize(2)
                .allSatisfy(leg -> assertThat(leg.get("answered").asText()).isNotEmpty());
        assertThat(legs.get(0).get("destination").asText()).isEqualTo("sip:1001");
        assertThat(legs.get(1).get("destination").asText()).isEqualTo("+16135550142");
        assertThat(Instant.parse(legs.get(1).get("dialled").asText()))
                .isAfterOrEqualTo(Instant.parse(legs.get(0).get("answered").asText()));
    }

    @Test
    void aStepThatFailsIsNamedAndTheExitCodeIsOne() throws IOException, InterruptedException {
        DemoRun run = DemoRun.of(folder, "--phone=declines", "--json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .anyMatch(line -> line.endsWith("FAILED"))
                .contains("  expected  phone 1001 to answer", "  seen      it declined (603)")
                .noneMatch(line -> line.contains("Exception"));
        Path logs = Path.of(run.err().get(run.err().size() - 1).replaceFirst("^ *logs *(\\S+) .*", "$1"));
        assertThat(logs.resolve("application.log")).isNotEmptyFile();
        assertThat(logs.resolve("sip.log")).isNotEmptyFile();
        RunFolder.at(logs).delete();
    }

    @Test
    void aDatabaseOfTheUsersGetsASchemaOfItsOwn() throws IOException, InterruptedException, SQLException {
        try (LabPostgres server = LabPostgres.start()) {
            LabPostgres.Database theirs = server.newDatabase();
            DemoRun run = DemoRun.of(
                    folder,
                    "--jdbc-url",
                    theirs.jdbcUrl(),
                    "--jdbc-user",
                    theirs.user(),
                    "--jdbc-password",
                    theirs.password());

            assertThat(run.exit()).as(String.join("\n", run.out())).isZero();
            String schema = run.out().stream()
                    .filter(line -> line.contains("Made the schema "))
                    .map(line -> line.replaceFirst(".*the schema (\\S+).*", "$1"))
                    .findFirst()
                    .orElseThrow();
            try (Connection connection = theirs.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from " + schema + ".pstn_cdr")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        }
    }

    @Test
    void whatAKilledRunLeftIsStoppedByTheNext() throws IOException, InterruptedException {
        Process killed = DemoRun.start(folder);
        Path out = folder.resolve("out");
        Journey.await("a call", Duration.ofSeconds(60), () -> read(out).contains("the caller types"), () -> read(out));
        RunFolder left = RunFolder.all().stream()
                .filter(run -> run.processes().stream().anyMatch(process -> process.pid() == killed.pid()))
                .findFirst()
                .orElseThrow();
        killed.destroyForcibly().waitFor();
        List<Running> processes = left.alive();
        assertThat(processes).hasSizeGreaterThan(2);

        new Leftovers(new Journey(System.err)).clean();

        assertThat(processes).noneMatch(Running::alive);
        assertThat(left.path()).doesNotExist();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
