package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the configuration and folders of one Asterisk below its run directory. */
final class AsteriskFiles {

    private static final List<String> TEMPLATES = List.of(
            "ari.conf",
            "asterisk.conf",
            "cdr.conf",
            "extensions.conf",
            "http.conf",
            "indications.conf",
            "logger.conf",
            "musiconhold.conf",
            "pjsip.conf",
            "rtp.conf",
            "stasis.conf");

    /** Modules complain about an absent file, even when nothing needs to be in it. */
    private static final List<String> EMPTY = List.of(
            "acl.conf",
            "amd.conf",
            "ccss.conf",
            "cel.conf",
            "confbridge.conf",
            "extconfig.conf",
            "features.conf",
            "geolocation.conf",
            "res_http_media_cache.conf",
            "manager.conf",
            "pjproject.conf",
            "pjsip_extra.conf",
            "pjsip_notify.conf",
            "sorcery.conf",
            "udptl.conf",
            "websocket_client.conf");

    private static final List<String> FOLDERS = List.of(
            "cache",
            "etc",
            "lib/keys",
            "spool/tmp",
            "spool/monitor",
            "spool/recording",
            "spool/outgoing",
            "run",
            "log",
            "moh",
            "data/agi-bin",
            "data/sounds/en");

    private AsteriskFiles() {}

    static void write(Path run, AsteriskInstall install, Map<String, String> overrides, Map<String, String> tokens) {
        try {
            for (String folder : FOLDERS) {
                Files.createDirectories(run.resolve(folder));
            }
            for (String shared : List.of("documentation", "rest-api")) {
                Files.createSymbolicLink(
                        run.resolve("data").resolve(shared),
                        install.share().resolve(shared).toAbsolutePath());
            }
            Files.write(run.resolve("moh/hold.ulaw"), Tone.ulaw(350, 2_000, 0.05));
            Map<String, String> files = new LinkedHashMap<>();
            EMPTY.forEach(name -> files.put(name, "[general]\n"));
            List.of("acl.conf", "pjsip_extra.conf", "geolocation.conf", "pjproject.conf", "websocket_client.conf")
                    .forEach(name -> files.put(name, "; nothing\n"));
            TEMPLATES.forEach(name -> files.put(name, Templates.read("asterisk/" + name)));
            files.put("modules.conf", modules(install.modules()));
            files.putAll(overrides);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(run.resolve("etc").resolve(file.getKey()), Templates.fill(file.getValue(), tokens));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules of our list that this version has: an absent one would be logged as an error. */
    private static String modules(Path folder) {
        StringBuilder text = new StringBuilder("[modules]\nautoload=no\n");
        Templates.read("asterisk/modules.txt").lines().forEach(line -> {
            boolean early = line.startsWith("preload ");
            String module = early ? line.substring("preload ".length()) : line;
            if (Files.exists(folder.resolve(module + ".so"))) {
                text.append(early ? "preload = " : "load = ").append(module).append(".so\n");
            }
        });
        return text.toString();
    }
}
