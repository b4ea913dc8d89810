package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {

    @Test
    void afterACrashThePhonesComeBackAndCallsGoOn() {
        try (AsteriskServer server = AsteriskServer.startDefault();
                SipPhone phone = SipPhone.register(server, "1001", PhoneScript.answer(Duration.ofMillis(50)))) {
            try (LiveCall lost = SipCaller.on(server).to("+15551231001").dial()) {
                assertThat(lost.awaitAnswer(Duration.ofSeconds(5))).isTrue();
                server.kill();
                lost.kill();
                assertThat(lost.soFar().success()).isFalse();
            }
            server.start();
            phone.register(Duration.ofMinutes(1));

            CallResult result = SipCaller.on(server)
                    .to("+15551231001")
                    .hangUpAfter(Duration.ofMillis(100))
                    .call();

            assertThat(result.failure()).isEmpty();
            assertThat(result.answered()).isTrue();
        }
    }

    /** Started as a process of its own by the test below. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws IOException {
            AsteriskServer server = AsteriskServer.startDefault();
            SipPhone phone = SipPhone.register(server, "1001", PhoneScript.ring());
            LabPostgres postgres = LabPostgres.start();
            Path started = Path.of(arguments[0]);
            Path written = Files.writeString(
                    started.resolveSibling("unfinished"),
                    server.pid() + "\n" + server.runDirectory() + "\n"
                            + postgres.main().jdbcUrl());
            Files.move(written, started);
            Await.sleep(Duration.ofMinutes(1));
            phone.close();
        }
    }

    @Test
    void terminatingTheJvmLeavesNothingRunning(@TempDir Path folder) throws IOException {
        Path started = folder.resolve("started");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(java, "-cp", System.getProperty("java.class.path"), Victim.class.getName(), started.toString());
        try (Child jvm = Child.start(folder, folder.resolve("console"), command)) {
            boolean up = Await.until(Duration.ofSeconds(20), () -> Files.exists(started) || !jvm.alive());
            assertThat(started).as(Files.readString(folder.resolve("console"))).exists();
            assertThat(up).isTrue();
            List<ProcessHandle> processes =
                    ProcessHandle.of(jvm.pid()).orElseThrow().descendants().toList();
            assertThat(processes).hasSizeGreaterThanOrEqualTo(2);

            jvm.terminate();

            assertThat(Await.until(
                            Duration.ofSeconds(10), () -> processes.stream().noneMatch(ProcessHandle::isAlive)))
                    .isTrue();
            List<String> told = Files.readAllLines(started);
            assertThat(Path.of(told.get(1))).doesNotExist();
            assertThatThrownBy(() -> new LabPostgres.Database(told.get(2), "postgres", "").connect())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("refused");
        }
    }
}
