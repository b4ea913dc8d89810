package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cli.Shell.Ran;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.SentRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands with {@code --provider twilio}, against a fake Twilio on loopback. */
class TwilioCarrierTest {
    private static final String CALLBACK = "callback --phone +14165550199 --to +14165550123 --from +14165550100";
    private static final String DIALLING = "call place --from +14165550100 --to +14165550199 --dial +14165550123";

    @TempDir
    private Path folder;

    private final FakeCarrier twilio = new FakeCarrier();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef", "TWILIO_AUTH_TOKEN", "sekrit-token-of-twilio"));

    @AfterEach
    void close() {
        twilio.close();
    }

    @Test
    void aDialWithoutAPublicUrlIsRefusedForThatAndNothingIsSent() {
        for (String typed : List.of(CALLBACK, DIALLING)) {
            for (String option : List.of("--dry-run", "--yes")) {
                Ran ran = run(typed + " " + option);
                assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
                assertThat(ran.err()).contains("step 'dial', where no public URL is set");
            }
        }
        assertThat(twilio.requests()).noneMatch(SentRequest::write);
    }

    @Test
    void aDialWithAPublicUrlIsNot() {
        environment.put("TWILIO_PUBLIC_URL", "https://phone.example.org/twilio");
        for (String typed : List.of(CALLBACK, DIALLING)) {
            Ran ran = run(typed + " --dry-run");
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("+14165550123");
        }
        assertThat(twilio.requests()).noneMatch(SentRequest::write);
    }

    private Ran run(String typed) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.line(new Surroundings(
                environment, folder, Clock.systemUTC(), () -> "made-up", new ConsoleOperator(), Carriers.all()));
        int exit = line.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(
                                Stream.of(typed.split(" ", -1)),
                                Stream.of(
                                        "--provider",
                                        "twilio",
                                        "--base-url",
                                        twilio.uri().toString()))
                        .toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }
}
