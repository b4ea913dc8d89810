package io.careflow.pstn.asterisk.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The same files, line by line, for a daemon that may listen on loopback only and must neither register at a carrier nor probe
 * it. A line keeps its number.
 */
final class HarmlessCopy {
    /** Where nobody is. */
    static final String NOWHERE = "127.0.0.1:9";

    private static final Pattern BIND = Pattern.compile("(bind|(?:udp|tcp|tls)bindaddr) = [0-9.]+:[0-9]+");
    private static final Pattern REGISTER = Pattern.compile("(register = .*@)[^@/]+(/.*)");

    private final Map<String, String> files = new LinkedHashMap<>();

    HarmlessCopy(RenderedConfig config) throws IOException {
        for (RenderedFile file : config.files()) {
            StringBuilder text = new StringBuilder();
            for (String line : file.text().split("\n", -1)) {
                text.append(harmless(file.name(), line)).append('\n');
            }
            files.put(file.name(), text.toString());
        }
    }

    Map<String, String> files() {
        return files;
    }

    private static String harmless(String file, String line) throws IOException {
        if (line.startsWith("server_uri = ")) {
            return "server_uri = sip:" + NOWHERE;
        }
        if (line.startsWith("qualify_frequency = ")) {
            return "qualify_frequency = 0";
        }
        if (line.startsWith("qualify = ")) {
            return "qualify = no";
        }
        if (BIND.matcher(line).matches()) {
            return BIND.matcher(line).replaceFirst("$1 = " + freeAddress());
        }
        if (file.equals("http.conf") && line.startsWith("bindaddr = ")) {
            return "bindaddr = 127.0.0.1";
        }
        if (file.equals("http.conf") && line.startsWith("bindport = ")) {
            return "bindport = " + freeAddress().replaceFirst(".*:", "");
        }
        return REGISTER.matcher(line).replaceFirst("$1" + NOWHERE + "$2");
    }

    /** Free a moment ago; who takes it in between makes the check complain, and wrong for once. */
    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
