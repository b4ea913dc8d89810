package io.careflow.pstn.cli;

import io.careflow.pstn.asterisk.config.RenderedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn config}, but for its check. Asks no carrier. */
final class ConfigCommands {
    private ConfigCommands() {}

    @Command(
            name = "render",
            description = {
                "Writes the configuration of Asterisk or Kamailio that follows from a site file: its trunks, users and servers.",
                "Asks before a file that is there is replaced. Files with secrets are for their owner alone; see docs/cli.md for"
                        + " the site file.",
                "With --diff nothing is written: it shows what would change, without secrets, and the exit code is 1 if there is"
                        + " a difference."
            },
            footer = {
                "",
                "Examples:",
                "  pstn config render asterisk --site office.properties --out /etc/asterisk --diff",
                "  pstn config render kamailio --site office.properties --out /etc/kamailio --yes"
            })
    static final class Render implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "SERVER", description = "asterisk or kamailio.")
        private Site.@Nullable Server server;

        @Mixin
        private SiteOptions site = new SiteOptions();

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the files.")
        private @Nullable Path out;

        @Option(names = "--diff", description = "Shows how the files of the folder differ, and writes nothing.")
        private boolean diff;

        @Mixin
        private Consent consent = new Consent();

        Render(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Site.Server wanted = Typed.required(server);
            Path folder = session.path(Typed.required(out));
            RenderedConfig config = site.rendered(session, wanted);
            List<ConfigDiff> diffs = config.files().stream()
                    .map(file -> ConfigDiff.of(file, folder))
                    .toList();
            return diff ? compare(diffs) : write(wanted, folder, config, diffs);
        }

        private int compare(List<ConfigDiff> diffs) {
            boolean different = diffs.stream().anyMatch(ConfigDiff::isDifferent);
            if (session.screen().isJson()) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("different", different);
                result.put("files", diffs.stream().map(this::clean).toList());
                session.screen().document(Results.ordered(result));
            } else {
                for (ConfigDiff each : diffs) {
                    each.diff().forEach(line -> session.screen().line(session.withoutSecrets(line)));
                    if (each.change() == ConfigDiff.Change.CLOSED) {
                        session.screen()
                                .line("Only in permissions: " + each.file() + " can be read by others than its owner");
                    }
                }
            }
            return different ? ExitCode.FAILED : ExitCode.OK;
        }

        private ConfigDiff clean(ConfigDiff each) {
            return new ConfigDiff(
                    each.file(),
                    each.change(),
                    each.diff().stream().map(session::withoutSecrets).toList());
        }

        private int write(Site.Server wanted, Path folder, RenderedConfig config, List<ConfigDiff> diffs) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("folder", folder.toString());
            Map<String, Object> files = new LinkedHashMap<>();
            diffs.forEach(each -> files.put(each.file(), each.change()));
            facts.put("files", Results.ordered(files));
            List<String> replaced = diffs.stream()
                    .filter(each -> each.change() == ConfigDiff.Change.CHANGED)
                    .map(ConfigDiff::file)
                    .toList();
            Plan plan = Plan.to(
                    "config.render",
                    "Write the configuration of " + wanted.name().toLowerCase(Locale.ROOT) + " into " + folder
                            + (replaced.isEmpty() ? "" : ", replacing " + String.join(", ", replaced)),
                    facts,
                    "'pstn config render ... --diff' shows which files are written",
                    () -> {
                        written(config, folder);
                        return Results.ordered(facts);
                    });
            return session.carryOut(replaced.isEmpty() ? plan : plan.asking(), consent);
        }

        private static void written(RenderedConfig config, Path folder) {
            try {
                if (Files.exists(folder) && !Files.isDirectory(folder)) {
                    throw new BadUsage(folder + " is no folder");
                }
                config.writeTo(folder);
            } catch (IOException e) {
                throw Answer.lost("files cannot all be written into " + folder + ": " + e.getMessage()
                        + "; some may be there already, and it may be run again");
            }
        }
    }
}
