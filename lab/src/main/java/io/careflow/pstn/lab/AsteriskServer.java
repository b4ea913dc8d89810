package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running Asterisk with its own loopback address, ports and folders. It knows a trunk {@code carrier} (context
 * {@code from-carrier}) and the users {@code 1001} to {@code 1010} (context {@code from-users}, password {@code pw}
 * and the number), and offers ARI. Half a second to start; may be killed and started again on the same ports.
 *
 * <p>Safe for use by several threads.
 */
public final class AsteriskServer implements SipServer, AutoCloseable {

    private static final Duration BOOT_LIMIT = Duration.ofSeconds(20);
    private static final String ARI_USER = "careflow";
    private static final String ARI_PASSWORD = "lab-password";

    private final AsteriskInstall install;
    private final Privileges privileges;
    private final Loopback network;
    private final WorkDir work;
    private final String address;
    private final int sipPort;
    private final int httpPort;
    private final int carrierPort;
    private final Ari ari;
    private @Nullable Child process;

    private AsteriskServer(Builder builder) {
        install = builder.install == null ? AsteriskInstall.find() : builder.install;
        install.modules();
        privileges = Privileges.forProgramIn(install.home(), "Asterisk");
        network = Loopback.lease();
        work = WorkDir.create("ast");
        address = network.address(2);
        sipPort = network.freePort(address);
        httpPort = network.freePort(address);
        carrierPort = network.freePort(carrierAddress());
        ari = new Ari(ariUri(), ARI_USER, ARI_PASSWORD);
        Map<String, String> files = new LinkedHashMap<>(builder.files);
        files.putAll(builder.rendered.apply(this));
        AsteriskFiles.write(work.path(), install, files, tokens(builder));
        privileges.give(work.path());
    }

    /** Begins the description of a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** A server with nothing but the defaults, started. */
    public static AsteriskServer startDefault() {
        return builder().start();
    }

    private Map<String, String> tokens(Builder builder) {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("CARRIER_CONTACT", builder.carrierContact);
        tokens.put("IP", address);
        tokens.put("SIP_PORT", Integer.toString(sipPort));
        tokens.put("HTTP_PORT", Integer.toString(httpPort));
        tokens.put("CARRIER_IP", carrierAddress());
        tokens.put("CARRIER_PORT", Integer.toString(carrierPort));
        tokens.put("RUN", work.path().toString());
        tokens.put("MODULES", install.modules().toString());
        tokens.put("ARI_USER", ARI_USER);
        tokens.put("ARI_PASSWORD", ARI_PASSWORD);
        return tokens;
    }

    /** Starts Asterisk, again after {@link #kill()} or {@link #stop()}, and returns when it takes calls. */
    public synchronized void start() {
        if (process != null && process.alive()) {
            throw new LabException("Asterisk is running already, pid " + process.pid());
        }
        List<String> command = new ArrayList<>(privileges.prefix());
        command.addAll(install.command("-f", "-C", configuration()));
        Child started = Child.start(work.path(), work.path().resolve("log/console"), command);
        process = started;
        boolean up = Await.until(BOOT_LIMIT, () -> !started.alive() || ari.answers());
        if (!up || !started.alive()) {
            started.kill();
            throw new LabException("Asterisk did not come up: " + logTail(20) + consoleTail());
        }
        cli("core waitfullybooted");
    }

    /** Ends Asterisk in an orderly way; calls are hung up. Does nothing when it is not running. */
    public synchronized void stop() {
        if (process != null) {
            process.close();
        }
    }

    /** SIGKILL, as a crash would end it: nobody is told anything. */
    public synchronized void kill() {
        alive().kill();
    }

    /** The port of HTTP. */
    public int httpPort() {
        return httpPort;
    }

    /** The address of SIP, RTP and HTTP. */
    @Override
    public String address() {
        return address;
    }

    /** The port of SIP over UDP and TCP. */
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

    /** The base of ARI, for example {@code http://127.80.3.2:40123/ari}. */
    public URI ariUri() {
        return URI.create("http://" + address + ":" + httpPort + "/ari");
    }

    /** The user of ARI. */
    public String ariUser() {
        return ARI_USER;
    }

    /** The password of {@link #ariUser()}. */
    public String ariPassword() {
        return ARI_PASSWORD;
    }

    /** The Asterisk this server runs. */
    public AsteriskInstall install() {
        return install;
    }

    /** Everything that this server writes. */
    public Path runDirectory() {
        return work.path();
    }

    /** Sound files to play, {@code sound:name} or {@code Playback(name)}. Asterisk may write here. */
    public Path soundsDirectory() {
        return work.path().resolve("data/sounds/en");
    }

    /** What ARI records. */
    public Path recordingDirectory() {
        return work.path().resolve("spool/recording");
    }

    /** Makes a sound that is one tone. */
    public void addTone(String name, double hertz, Duration length) {
        try {
            Files.write(
                    soundsDirectory().resolve(name + ".ulaw"),
                    Tone.ulaw(hertz, Math.toIntExact(length.toMillis()), 0.5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the Asterisk console and returns its output. */
    public String cli(String command) {
        List<String> line = new ArrayList<>(privileges.prefix());
        line.addAll(install.command("-C", configuration(), "-rx", command));
        return Child.output(Duration.ofSeconds(15), line);
    }

    /** Number of channels that ARI lists now. */
    public int channels() {
        return ari.count("channels");
    }

    /** Number of bridges that ARI lists now. */
    public int bridges() {
        return ari.count("bridges");
    }

    @Override
    public synchronized boolean running() {
        return process != null && process.alive();
    }

    /** Process id. */
    public synchronized long pid() {
        return alive().pid();
    }

    /** Resident memory of the process. */
    public long rssBytes() {
        return Proc.rssBytes(pid());
    }

    /** Number of open file descriptors. */
    public int openFiles() {
        return Proc.openFiles(pid());
    }

    /** Processor time used since the start. */
    public Duration cpuTime() {
        return Proc.cpuTime(pid());
    }

    /** The last lines of warnings and errors. */
    public String logTail(int lines) {
        List<String> all = log();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** All ERROR lines so far, over all starts. */
    public List<String> errors() {
        return log().stream().filter(line -> line.contains("] ERROR[")).toList();
    }

    /** All WARNING lines so far, over all starts. */
    public List<String> warnings() {
        return log().stream().filter(line -> line.contains("] WARNING[")).toList();
    }

    @Override
    public String userHost() {
        return "[remote_ip]";
    }

    @Override
    public String target() {
        return "[remote_ip]:[remote_port]";
    }

    @Override
    public String passwordOf(String user) {
        return "pw" + user;
    }

    @Override
    public int challenge() {
        return 401;
    }

    @Override
    public int newPort(String onAddress) {
        return network.freePort(onAddress);
    }

    @Override
    public String newPhoneAddress() {
        return network.phoneAddress();
    }

    private List<String> log() {
        return lines(work.path().resolve("log/full"));
    }

    private String consoleTail() {
        return "\n" + String.join("\n", lines(work.path().resolve("log/console")));
    }

    private static List<String> lines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() {
        return work.path().resolve("etc/asterisk.conf").toString();
    }

    private Child alive() {
        if (process == null || !process.alive()) {
            throw new LabException("Asterisk is not running");
        }
        return process;
    }

    @Override
    public void close() {
        stop();
        work.close();
        network.close();
    }

    /** What differs from the defaults; every value has one. */
    public static final class Builder {

        private final Map<String, String> files = new LinkedHashMap<>();
        private Function<AsteriskServer, Map<String, String>> rendered = server -> Map.of();
        private @Nullable AsteriskInstall install;
        private String carrierContact = "sip:@CARRIER_IP@:@CARRIER_PORT@";

        private Builder() {}

        /** Which Asterisk to run instead of {@link AsteriskInstall#find()}. */
        public Builder install(AsteriskInstall value) {
            install = value;
            return this;
        }

        /**
         * A file of the configuration, replacing a default one of that name. {@code @IP@}, {@code @SIP_PORT@},
         * {@code @HTTP_PORT@}, {@code @CARRIER_IP@}, {@code @CARRIER_PORT@} and {@code @RUN@} are filled in.
         */
        public Builder config(String name, String text) {
            files.put(name, text);
            return this;
        }

        /**
         * More files of the configuration, name and text, that need to know the server's addresses, ports and password of
         * ARI; the server does not run yet.
         */
        public Builder rendered(Function<AsteriskServer, Map<String, String>> value) {
            rendered = value;
            return this;
        }

        /** The dialplan, instead of the default one. */
        public Builder dialplan(String text) {
            return config("extensions.conf", text);
        }

        /** More sections of pjsip.conf; the templates {@code line}, {@code user}, {@code secret}, {@code phones} exist. */
        public Builder pjsip(String text) {
            return config("pjsip_extra.conf", text);
        }

        /** Where the trunk sends calls, instead of to this laboratory's carrier address. */
        public Builder carrierContact(String uri) {
            carrierContact = uri;
            return this;
        }

        /** Starts the server. */
        public AsteriskServer start() {
            AsteriskServer server = new AsteriskServer(this);
            try {
                server.start();
                return server;
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        }
    }
}
