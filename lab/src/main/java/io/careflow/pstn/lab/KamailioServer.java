package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Kamailio with its own loopback network, ports and folders. First {@link #lease() leased}, as a configuration names addresses
 * and folders, then given its files and started; a tenth of a second. May be killed and started again on the same ports.
 *
 * <p>Safe for use by several threads.
 */
public final class KamailioServer implements SipServer, AutoCloseable {

    /** The domain of its users. */
    public static final String DOMAIN = "sip.lab.test";

    private static final Duration BOOT_LIMIT = Duration.ofSeconds(15);
    private static final Pattern COUNTER = Pattern.compile("(?m)^\\s*(?:script:)?([a-z_]+)\\s*[=:]\\s*(\\d+)\\s*$");

    private final KamailioInstall install;
    private final Privileges privileges;
    private final Loopback network = Loopback.lease();
    private final WorkDir work = WorkDir.create("kam");
    private final String address = network.address(2);
    private final String insideAddress = network.address(3);
    private final int sipPort = network.freePort(address);
    private final int webPort = network.freePort(address);
    private final int insidePort = network.freePort(insideAddress);
    private final int carrierPort = network.freePort(carrierAddress());
    private @Nullable Child process;
    private List<ProcessHandle> children = List.of();

    private KamailioServer(KamailioInstall install) {
        this.install = install;
        this.privileges = Privileges.forProgramIn(install.home(), "Kamailio");
        try {
            Files.createDirectories(folder());
            Files.createDirectories(run());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Addresses, ports and folders for one, which does not run yet. */
    public static KamailioServer lease() {
        return new KamailioServer(KamailioInstall.find());
    }

    /** Writes a file of the configuration, which only the server can read. */
    public void write(String name, String text) {
        try {
            Path file = folder().resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
            privileges.give(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says of its files, without being started; empty if it is content. */
    public String check() {
        privileges.give(work.path());
        List<String> command = new ArrayList<>(privileges.prefix());
        command.addAll(install.command("kamailio", "-c", "-E", "-f", script()));
        Path output = work.path().resolve("check");
        try (Child child = Child.start(work.path(), output, command)) {
            if (!child.waitFor(Duration.ofSeconds(15))) {
                throw new LabException("kamailio -c did not end");
            }
            return String.join("\n", lines(output));
        }
    }

    /** Starts it, again after {@link #kill()} or {@link #stop()}, and returns when it takes calls. */
    public synchronized void start() {
        if (process != null && process.alive()) {
            throw new LabException("Kamailio is running already, pid " + process.pid());
        }
        privileges.give(work.path());
        List<String> command = new ArrayList<>(privileges.prefix());
        command.addAll(install.command("kamailio", "-DD", "-E", "-m", "64", "-M", "8", "-f", script()));
        command.addAll(List.of("-Y", run().toString(), "-w", run().toString()));
        Child started = Child.start(work.path(), logFile(), command);
        process = started;
        boolean up = Await.until(BOOT_LIMIT, () -> !started.alive() || answers());
        children = ProcessHandle.of(started.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        if (!up || !started.alive()) {
            kill();
            throw new LabException("Kamailio did not come up: " + String.join("\n", log()));
        }
    }

    private boolean answers() {
        if (!Files.exists(run().resolve("kamailio.ctl")) || !Loopback.udpBound(address, sipPort)) {
            return false;
        }
        try {
            return rpc("core.uptime").contains("uptime");
        } catch (LabException notYet) {
            return false;
        }
    }

    /** Ends it in an orderly way. Does nothing when it is not running. */
    public synchronized void stop() {
        if (process != null) {
            process.terminate();
            endChildren();
        }
    }

    /** SIGKILL, as a crash would end it, with all of its processes. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            endChildren();
        }
    }

    private void endChildren() {
        children.forEach(ProcessHandle::destroyForcibly);
        Await.until(Duration.ofSeconds(5), () -> children.stream().noneMatch(ProcessHandle::isAlive));
        children = List.of();
    }

    /** Asks over the control socket, as {@code kamcmd} does; for example {@code ul.dump}. */
    public String rpc(String... command) {
        List<String> line = new ArrayList<>(install.command("kamcmd"));
        line.addAll(List.of("-s", "unix:" + run().resolve("kamailio.ctl")));
        line.addAll(Arrays.asList(command));
        return Child.output(Duration.ofSeconds(10), line);
    }

    /** The counters of the script now, by name. */
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        Matcher matcher = COUNTER.matcher(rpc("stats.get_statistics", "script:"));
        while (matcher.find()) {
            counters.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
        return counters;
    }

    /** One counter of {@link #counters()}. */
    public long counter(String name) {
        Long value = counters().get(name);
        if (value == null) {
            throw new LabException("there is no counter " + name + " among " + counters());
        }
        return value;
    }

    /** Everything that it wrote, over all starts. */
    public List<String> log() {
        return lines(logFile());
    }

    /** Lines of the log that complain, over all starts. */
    public List<String> complaints() {
        return log().stream()
                .filter(line -> line.contains("ERROR:") || line.contains("WARNING:") || line.contains("CRITICAL:"))
                .toList();
    }

    /** The folder of the configuration. */
    public Path folder() {
        return work.path().resolve("etc");
    }

    /** The folder of the control socket. */
    public Path run() {
        return work.path().resolve("run");
    }

    /** The address for the nodes behind it. */
    public String insideAddress() {
        return insideAddress;
    }

    /** The port of {@link #insideAddress()}. */
    public int insidePort() {
        return insidePort;
    }

    /** The port of WebSocket at {@link #address()}. */
    public int webPort() {
        return webPort;
    }

    /** An address that no trunk, node or phone has. */
    public String strangersAddress(int number) {
        return network.address(230 + number);
    }

    /** The version, for example {@code 5.6.3}. */
    public String version() {
        return install.version();
    }

    /** Process id. */
    public synchronized long pid() {
        if (process == null || !process.alive()) {
            throw new LabException("Kamailio is not running");
        }
        return process.pid();
    }

    @Override
    public synchronized boolean running() {
        return process != null && process.alive();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int sipPort() {
        return sipPort;
    }

    @Override
    public String carrierAddress() {
        return network.address(10);
    }

    @Override
    public int carrierPort() {
        return carrierPort;
    }

    @Override
    public String userHost() {
        return DOMAIN;
    }

    @Override
    public String target() {
        return DOMAIN;
    }

    @Override
    public String passwordOf(String user) {
        return "secret-of-" + user;
    }

    @Override
    public int challenge() {
        return 407;
    }

    @Override
    public int newPort(String onAddress) {
        return network.freePort(onAddress);
    }

    @Override
    public String newPhoneAddress() {
        return network.phoneAddress();
    }

    private String script() {
        return folder().resolve("kamailio.cfg").toString();
    }

    private Path logFile() {
        return work.path().resolve("log");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        work.close();
        network.close();
    }
}
