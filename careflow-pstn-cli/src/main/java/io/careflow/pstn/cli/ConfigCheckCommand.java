package io.careflow.pstn.cli;

import io.careflow.pstn.asterisk.config.AsteriskCheck;
import io.careflow.pstn.asterisk.config.ConfigCheck;
import io.careflow.pstn.asterisk.config.ConfigFinding;
import io.careflow.pstn.asterisk.config.KamailioCheck;
import io.careflow.pstn.asterisk.config.RenderedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn config check}. */
@Command(
        name = "check",
        description = {
            "Lets a real Asterisk or Kamailio read the configuration that follows from a site file, in a scratch folder and on"
                    + " loopback, and shows what it complains about. A server that runs is not touched, carriers are not asked;"
                    + " a table of users is, if there is one.",
            "The exit code is 1 if there is an error, or with --strict a warning; else 0."
        },
        footer = {"", "Example:", "  pstn config check asterisk --site office.properties --program /usr/sbin/asterisk"})
final class ConfigCheckCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    private final Session session;
    private final Function<Site.Server, ConfigCheck> checks;

    @Parameters(paramLabel = "SERVER", description = "asterisk or kamailio.")
    private Site.@Nullable Server server;

    @Mixin
    private SiteOptions site = new SiteOptions();

    @Option(
            names = "--program",
            paramLabel = "PATH",
            description = "The server's program. Else the installed one, or the one that scripts/setup.sh fetched.")
    private @Nullable Path program;

    @Option(names = "--strict", description = "Warnings count as errors.")
    private boolean strict;

    ConfigCheckCommand(Session session) {
        this(session, ConfigCheckCommand::real);
    }

    /** @param checks how each server reads a configuration */
    ConfigCheckCommand(Session session, Function<Site.Server, ConfigCheck> checks) {
        this.session = session;
        this.checks = checks;
    }

    @Override
    public Integer call() {
        Site.Server wanted = Typed.required(server);
        RenderedConfig config = site.rendered(session, wanted);
        Path found = program == null ? new InstalledServer(session::variable).program(wanted) : session.path(program);
        if (!Files.isExecutable(found) || Files.isDirectory(found)) {
            throw new BadUsage("there is no program " + found + "; give one with --program");
        }
        List<ConfigFinding> findings = findings(wanted, config, found.toAbsolutePath());
        boolean failed =
                findings.stream().anyMatch(finding -> strict || finding.severity() == ConfigFinding.Severity.ERROR);
        show(found, findings, failed);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private List<ConfigFinding> findings(Site.Server wanted, RenderedConfig config, Path found) {
        try {
            return checks.apply(wanted).check(config, found).stream()
                    .map(this::clean)
                    .toList();
        } catch (IOException e) {
            throw Answer.failed(found + " could not be run: " + session.withoutSecrets(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Answer.failed("the check was interrupted");
        }
    }

    private ConfigFinding clean(ConfigFinding finding) {
        return new ConfigFinding(
                finding.severity(), finding.file(), finding.line(), session.withoutSecrets(finding.message()));
    }

    private void show(Path found, List<ConfigFinding> findings, boolean failed) {
        if (session.screen().isJson()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("program", found.toString());
            result.put("failed", failed);
            result.put("findings", findings);
            session.screen().document(Results.ordered(result));
        } else if (findings.isEmpty()) {
            session.screen().line(found + " has nothing to complain about.");
        } else {
            findings.stream()
                    .limit(SHOWN)
                    .forEach(finding -> session.screen().line(Values.printable(finding.toString())));
            if (findings.size() > SHOWN) {
                session.screen()
                        .line("... and " + (findings.size() - SHOWN)
                                + " more, which often follow from the first; --json shows all");
            }
        }
    }

    private static ConfigCheck real(Site.Server server) {
        return switch (server) {
            case ASTERISK -> new AsteriskCheck();
            case KAMAILIO -> new KamailioCheck();
        };
    }
}
