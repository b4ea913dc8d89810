package io.careflow.pstn.asterisk.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same files, line by line, for a daemon that may listen on loopback only, reads them in another folder, and must neither
 * register at a carrier nor probe anybody. A line keeps its number.
 */
final class KamailioScratch {
    /** The control socket, in the scratch folder. */
    static final String CONTROL = "kamailio.ctl";

    private static final Pattern LISTEN = Pattern.compile("(?m)^listen=(udp|tcp|tls):([0-9.]+):([0-9]+)");
    private static final Pattern FOLDER = Pattern.compile(
            "(include_file \"|\"address_file\", \"|\"list_file\", \"|\"config\", \")[^\"]*/([^\"/]+)\"");
    private static final Pattern DATABASE = Pattern.compile("\"text://[^\"]*\"");
    private static final Pattern SOCKET = Pattern.compile("\"unix:[^\"]*\"");
    private static final Pattern PING = Pattern.compile("\"ds_ping_interval\", [0-9]+");
    private static final Pattern REGISTER = Pattern.compile("(modparam\\(\"uac\", \"reg_timer_interval\", [0-9]+\\))");

    private final Map<String, String> files = new LinkedHashMap<>();

    KamailioScratch(RenderedConfig config, RenderedFile script, Path scratch) throws IOException {
        Map<String, String> sockets = new LinkedHashMap<>();
        Matcher listen = LISTEN.matcher(script.text());
        while (listen.find()) {
            sockets.put(
                    listen.group(1) + ":" + listen.group(2) + ":" + listen.group(3),
                    listen.group(1) + ":127.0.0.1:" + freePort());
        }
        for (RenderedFile file : config.files()) {
            String text = file.text();
            for (Map.Entry<String, String> socket : sockets.entrySet()) {
                text = replace(text, socket.getKey(), socket.getValue());
                text = replace(
                        text,
                        socket.getKey().replace(":", "\\:"),
                        socket.getValue().replace(":", "\\:"));
            }
            files.put(file.name(), file.name().equals(script.name()) ? moved(text, scratch) : text);
        }
    }

    Map<String, String> files() {
        return files;
    }

    private static String moved(String script, Path scratch) {
        String folder = Matcher.quoteReplacement(scratch.toString());
        String text = FOLDER.matcher(script).replaceAll("$1" + folder + "/$2\"");
        text = DATABASE.matcher(text).replaceAll("\"text://" + folder + "\"");
        text = SOCKET.matcher(text).replaceAll("\"unix:" + folder + "/" + CONTROL + "\"");
        text = PING.matcher(text).replaceAll("\"ds_ping_interval\", 0");
        return REGISTER.matcher(text).replaceAll("$1 modparam(\"uac\", \"reg_active\", 0)");
    }

    private static String replace(String text, String socket, String other) {
        return Pattern.compile(Pattern.quote(socket) + "(?![0-9])")
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(other));
    }

    /** Free a moment ago; who takes it in between makes the check complain, and wrong for once. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            return socket.getLocalPort();
        }
    }
}
