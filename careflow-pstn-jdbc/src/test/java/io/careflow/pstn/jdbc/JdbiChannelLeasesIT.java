package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.siptrunk.ChannelAnswer;
import io.careflow.pstn.siptrunk.ChannelClaim;
import io.careflow.pstn.siptrunk.ChannelLimits;
import io.careflow.pstn.siptrunk.ChannelUse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class JdbiChannelLeasesIT {
    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private final JdbiChannelLeases leases = TestPostgres.open(dataSource).channels();

    @Test
    @DisplayName("three processes of three threads take and give back at once: never more are in use than the limit")
    void processes() throws Exception {
        List<Process> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(node("churn", "node" + i + "-"));
        }
        int taken = 0;
        for (Process node : nodes) {
            String[] said = lastLine(node).split(" ", -1);
            assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
            taken += Integer.parseInt(said[1]);
            assertThat(Integer.parseInt(said[3])).as("most in use").isBetween(1, LeasingNode.LIMITS.total());
        }
        assertThat(taken).isPositive();
        assertThat(leases.use("trunk")).isEqualTo(new ChannelUse(0, 0));
    }

    @Test
    @DisplayName("the channels of a node that was killed are free once its leases have run out, and not before")
    void killed() throws Exception {
        Process node = node("hold", "doomed");
        try (BufferedReader output = node.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            // As long as it lives it may renew; so would a slow machine's have to.
            assertThat(leases.renew("trunk", "doomed0", LeasingNode.SHORT)).isTrue();
            assertThat(leases.renew("trunk", "doomed1", LeasingNode.SHORT)).isTrue();
            assertThat(leases.renew("trunk", "doomed2", LeasingNode.SHORT)).isTrue();
            node.destroyForcibly();
            assertThat(LeasingNode.take(leases, "heir"))
                    .isEqualTo(new ChannelAnswer.Full("trunk", ChannelAnswer.Bound.TOTAL, 3, 3));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> LeasingNode.take(leases, "heir") instanceof ChannelAnswer.Taken);
        assertThat(leases.renew("trunk", "doomed0", LeasingNode.SHORT)).isFalse();
    }

    @Test
    @DisplayName("two nodes with different limits each keep their own, and count together")
    void differentLimits() {
        JdbiChannelLeases other = TestPostgres.open(dataSource).channels();
        LeasingNode.take(leases, "one");
        LeasingNode.take(other, "two");
        ChannelClaim strict = ChannelClaim.of(
                "trunk", "three", Direction.OUTBOUND, new ChannelLimits(2, null, null), LeasingNode.SHORT);

        assertThat(other.take(strict)).isEqualTo(new ChannelAnswer.Full("trunk", ChannelAnswer.Bound.TOTAL, 2, 2));
        assertThat(LeasingNode.take(leases, "three")).isInstanceOf(ChannelAnswer.Taken.class);
    }

    @Test
    @DisplayName("without its table no channel is given, and the failure says which operation it was")
    void unavailable() {
        TestPostgres.execute(dataSource, "DROP TABLE pstn_channel_leases");

        assertThatThrownBy(() -> LeasingNode.take(leases, "one"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("channels.take");
        assertThatThrownBy(() -> leases.release("one")).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    @DisplayName("a database of the second schema gets the table when it is opened")
    void upgraded() {
        DataSource old = TestPostgres.databaseOf("2");

        assertThat(LeasingNode.take(TestPostgres.open(old).channels(), "one")).isInstanceOf(ChannelAnswer.Taken.class);
    }

    private Process node(String what, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeasingNode.class.getName(),
                        ((PGSimpleDataSource) dataSource).getUrl(),
                        what,
                        name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String lastLine(Process node) throws IOException {
        String last = "";
        try (BufferedReader output = node.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = line;
            }
        }
        return last;
    }
}
