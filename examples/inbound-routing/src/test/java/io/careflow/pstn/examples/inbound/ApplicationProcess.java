package io.careflow.pstn.examples.inbound;

import static org.awaitility.Awaitility.await;

import io.careflow.pstn.lab.AsteriskServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The example in a JVM of its own, so that it can be killed. */
final class ApplicationProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ApplicationProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ApplicationProcess start(AsteriskServer asterisk, String jdbcUrl, String user, Path folder)
            throws IOException {
        Path log = Files.createTempFile(folder, "application", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InboundRouting.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CAREFLOW_JDBC_URL", jdbcUrl);
        environment.put("CAREFLOW_JDBC_USER", user);
        environment.put("CAREFLOW_ARI_URL", asterisk.ariUri().toString());
        environment.put("CAREFLOW_ARI_USER", asterisk.ariUser());
        environment.put("CAREFLOW_ARI_PASSWORD", asterisk.ariPassword());
        environment.put(
                "CAREFLOW_PROMPTS", asterisk.runDirectory().resolve("prompts").toString());
        environment.put("CAREFLOW_SPOOL", folder.resolve("spool").toString());
        ApplicationProcess application = new ApplicationProcess(builder.start(), log);
        await().atMost(Duration.ofSeconds(40)).until(() -> application.says("Ready for calls"));
        return application;
    }

    boolean says(String text) throws IOException {
        return Files.readString(log).contains(text);
    }

    /** SIGKILL: no shutdown hook runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
