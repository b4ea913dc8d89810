package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One SIPp process with a scenario; a thread of ours follows its messages until the process ends. */
final class Sipp implements AutoCloseable {

    private final String address;
    private final int port;
    private final WorkDir work;
    private final Child process;
    private final SipTrace trace;
    private final Thread follower;

    private Sipp(String address, int port, WorkDir work, Child process, SipTrace trace) {
        this.address = address;
        this.port = port;
        this.work = work;
        this.process = process;
        this.trace = trace;
        this.follower = new Thread(this::follow, "lab-sipp-" + process.pid());
        follower.setDaemon(true);
        follower.start();
    }

    /** Starts SIPp and returns when it listens; {@code arguments} hold the peer and the limits. */
    static Sipp start(
            String address, int port, String scenario, List<String> arguments, Consumer<SipMessage> listener) {
        List<String> traced = new ArrayList<>(arguments);
        traced.addAll(List.of("-trace_msg", "-message_file", "messages"));
        return startUntraced(address, port, scenario, traced, listener);
    }

    /** The same for many calls: what is said is not written down. */
    static Sipp startUntraced(
            String address, int port, String scenario, List<String> arguments, Consumer<SipMessage> listener) {
        WorkDir work = WorkDir.create("sip");
        try {
            Path file = work.path().resolve("scenario.xml");
            Files.writeString(file, scenario);
            List<String> command = new ArrayList<>(List.of("sipp"));
            command.addAll(arguments);
            command.addAll(List.of("-sf", file.toString(), "-i", address, "-p", Integer.toString(port)));
            command.addAll(List.of("-mi", address, "-mp", Integer.toString(port + 2)));
            command.addAll(List.of("-nostdin", "-aa", "-f", "3600", "-trace_err", "-error_file", "errors"));
            Child process = Child.start(work.path(), work.path().resolve("console"), command);
            SipTrace trace = new SipTrace(work.path().resolve("messages"), listener);
            Sipp sipp = new Sipp(address, port, work, process, trace);
            boolean up =
                    Await.until(Duration.ofSeconds(10), () -> !process.alive() || Loopback.udpBound(address, port));
            if (!up) {
                String why = sipp.failure();
                sipp.close();
                throw new LabException("SIPp does not listen: " + why);
            }
            return sipp;
        } catch (IOException e) {
            work.close();
            throw new UncheckedIOException(e);
        }
    }

    /** The files that SIPp wrote and whose names end so. */
    List<String> textsEnding(String suffix) {
        try (Stream<Path> files = Files.list(work.path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(this::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow() {
        while (process.alive()) {
            trace.poll();
            Await.sleep(Duration.ofMillis(5));
        }
        trace.poll();
    }

    List<SipMessage> messages() {
        trace.poll();
        return trace.messages();
    }

    boolean waitFor(Duration limit) {
        return process.waitFor(limit);
    }

    boolean alive() {
        return process.alive();
    }

    /** Empty when SIPp ended well. */
    String failure() {
        if (!process.alive() && process.exitValue() == 0) {
            return "";
        }
        return (process.alive() ? "still running" : "SIPp ended with " + process.exitValue()) + "\n" + text("errors")
                + text("console").lines().limit(5).reduce("", (a, b) -> a + b + "\n");
    }

    /** Content of a file that SIPp wrote, empty when there is none. */
    String text(String name) {
        try {
            Path file = work.path().resolve(name);
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hands a message to the scenario. SIPp assigns it to a call by its Call-ID alone, which lets a test steer a
     * scenario with requests that no SIP entity would send.
     */
    void tell(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.kill();
        try {
            follower.join(2_000);
        } catch (InterruptedException e) {
            throw LabException.interrupted(e);
        } finally {
            work.close();
        }
    }
}
