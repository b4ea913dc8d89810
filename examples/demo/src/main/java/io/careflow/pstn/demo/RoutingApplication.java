package io.careflow.pstn.demo;

import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.KamailioServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example {@code inbound-routing} in a JVM of its own, started as a user would start it. */
final class RoutingApplication implements AutoCloseable {
    private static final String READY = "Ready for calls";
    private static final Pattern CALLBACKS = Pattern.compile("Callbacks at (http://\\S+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(40);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;
    private final String token;

    private RoutingApplication(Process process, Path log, String token) {
        this.process = process;
        this.log = log;
        this.token = token;
    }

    static RoutingApplication start(RunFolder run, DemoDatabase database, AsteriskServer asterisk, Path trunk) {
        Path jar = jar();
        Journey.require(jar + " to be there", Files.exists(jar), "it was not built; run ./demo");
        Path log = run.file("application.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .directory(run.path().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CAREFLOW_JDBC_URL", database.jdbcUrl());
        environment.put("CAREFLOW_JDBC_USER", database.user());
        environment.put("CAREFLOW_JDBC_PASSWORD", database.password());
        environment.put("CAREFLOW_ARI_URL", asterisk.ariUri().toString());
        environment.put("CAREFLOW_ARI_USER", asterisk.ariUser());
        environment.put("CAREFLOW_ARI_PASSWORD", asterisk.ariPassword());
        environment.put("CAREFLOW_SIP_DOMAIN", KamailioServer.DOMAIN);
        environment.put("CAREFLOW_PROMPTS", run.file("prompts").toString());
        environment.put("CAREFLOW_SPOOL", run.file("cdr-spool").toString());
        environment.put("CAREFLOW_REGION", DemoDatabase.REGION);
        environment.put("CAREFLOW_TRUNKS", trunk.toString());
        String token = UUID.randomUUID().toString();
        environment.put("CAREFLOW_CALLBACK_TOKEN", token);
        environment.put("CAREFLOW_CALLBACK_PORT", "0");
        try {
            return new RoutingApplication(builder.start(), log, token);
        } catch (IOException e) {
            throw new UncheckedIOException("the routing application cannot be started", e);
        }
    }

    /** Beside the demo's own jar or class folder: {@code examples/demo/target/demo.jar}. */
    private static Path jar() {
        try {
            Path self = Path.of(RoutingApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return self.resolve("../../../inbound-routing/target/inbound-routing.jar")
                    .normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitReady() {
        Journey.await(
                "the routing application to be ready for calls",
                START_LIMIT,
                () -> text().contains(READY) || !process.isAlive(),
                () -> "its log does not say so yet");
        Journey.require(
                "the routing application to run",
                process.isAlive(),
                "it ended with exit code " + (process.isAlive() ? 0 : process.exitValue()));
    }

    /** Where callbacks are asked for. */
    URI callbacks() {
        Matcher matcher = CALLBACKS.matcher(text());
        Journey.require("the routing application to take callbacks", matcher.find(), "its log names no address");
        return URI.create(matcher.group(1));
    }

    /** What a request for a callback must show. */
    String token() {
        return token;
    }

    long pid() {
        return process.pid();
    }

    private String text() {
        try {
            return Files.readString(log);
        } catch (IOException notYet) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
