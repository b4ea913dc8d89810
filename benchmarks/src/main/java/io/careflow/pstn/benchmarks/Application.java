package io.careflow.pstn.benchmarks;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.asterisk.AsteriskBuilder;
import io.careflow.pstn.asterisk.AsteriskProvider;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The application that is measured, a process of its own: the inbound desk over a directory in memory, with CDRs that are
 * made and then only counted. Answers {@code state} on its input with one line; ends with its input.
 */
@Command(name = "application", hidden = true)
final class Application implements Runnable {
    static final String PASSWORD = "BENCH_ARI_PASSWORD";

    @Option(names = "--ari", required = true)
    private URI ari = URI.create("http://127.0.0.1");

    @Option(names = "--user", required = true)
    private String user = "";

    @Option(names = "--number", required = true)
    private String number = "";

    @Option(names = "--endpoint", required = true)
    private String endpoint = "";

    @Option(names = "--prompts", required = true)
    private Path prompts = Path.of("");

    private final LongAdder records = new LongAdder();
    private final LongAdder broken = new LongAdder();

    @Override
    public void run() {
        CdrRecorder recorder = new CdrRecorder(new Counting(), cdr -> CdrCost.UNRATED, new CdrRecorder.Listener() {
            @Override
            public void recorded(Cdr cdr, Appended result) {
                records.increment();
            }

            @Override
            public void failed(Cdr cdr, RuntimeException failure) {
                broken.increment();
            }
        });
        Prompt silence = new Play(URI.create("sound:silence"));
        InboundPrompts silent = new InboundPrompts(
                silence, silence, silence, silence, silence, silence, silence, silence, silence, silence, silence);
        try (AsteriskProvider provider = AsteriskBuilder.of(ari, user, Secret.of(System.getenv(PASSWORD)))
                .handler(new InboundDesk(new OneUser(), silent, InboundSettings.defaults()))
                .trunk("carrier")
                .promptFolder(prompts)
                .events(recorder::accept)
                .start()) {
            if (!provider.awaitConnected(Duration.ofSeconds(10))) {
                throw new IllegalStateException("not connected: " + provider.health());
            }
            System.out.println("ready");
            serve(provider);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(AsteriskProvider provider) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while ("state".equals(in.readLine())) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.println("state " + (runtime.totalMemory() - runtime.freeMemory()) / 1024 + " "
                    + provider.liveCalls() + " " + records.sum() + " " + broken.sum() + " "
                    + ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    private final class OneUser implements Directory {
        private final User owner = new User(
                "1",
                TenantId.DEFAULT,
                CareFlowId.parse("0001"),
                "User 1",
                List.of(Destination.sip("sip:" + endpoint)),
                false);

        @Override
        public Optional<Did> did(PhoneNumber dialled) {
            return dialled.e164().equals(number)
                    ? Optional.of(new Did(dialled, TenantId.DEFAULT, "carrier", owner))
                    : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.of(owner).filter(known -> known.careFlowId().equals(id));
        }
    }

    private static final class Counting implements CdrStore {
        @Override
        public Appended append(Cdr cdr) {
            return Appended.STORED;
        }

        @Override
        public Optional<Cdr> find(CallRef call) {
            return Optional.empty();
        }

        @Override
        public void each(CdrQuery query, Consumer<Cdr> consumer) {
            // Nothing is kept.
        }
    }
}
