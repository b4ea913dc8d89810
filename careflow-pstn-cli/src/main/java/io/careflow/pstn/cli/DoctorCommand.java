package io.careflow.pstn.cli;

import io.careflow.pstn.PstnProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pstn doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at settings, credentials and reachability, says what the provider can and cannot do, and which countries are"
                    + " open to toll fraud. Changes nothing.",
            "The exit code is 0 if nothing failed; a warning is no failure."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SettingsFile file = session.settingsFile();
        Carrier carrier = session.carrier(file);
        Settings settings = session.settings(carrier, file);
        List<Finding> findings = new ArrayList<>();
        configuration(carrier, settings, file, findings);
        if (settings.missing(carrier).isEmpty()) {
            opened(carrier, settings, findings);
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.status() == Finding.Status.FAILED);
        show(carrier, findings, failed);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private static void configuration(Carrier carrier, Settings settings, SettingsFile file, List<Finding> findings) {
        if (file.path() == null) {
            findings.add(Finding.info("settings file", "none; settings come from variables"));
        } else if (file.isOpenToOthers()) {
            findings.add(Finding.warning(
                    "settings file", file.path() + " can be read by others than its owner: chmod 600 " + file.path()));
        } else {
            findings.add(Finding.ok("settings file", file.path().toString()));
        }
        for (SettingKey key : carrier.settings()) {
            String name = "setting " + key.property(carrier.name());
            settings.origin(key)
                    .ifPresentOrElse(
                            origin -> findings.add(Finding.ok(name, "from " + origin)),
                            () -> findings.add(
                                    key.required()
                                            ? Finding.failed(
                                                    name,
                                                    "missing: " + key.meaning() + "; or variable "
                                                            + String.join(" or ", key.variables(carrier.name())))
                                            : Finding.info(name, "not set: " + key.meaning())));
        }
    }

    private void opened(Carrier carrier, Settings settings, List<Finding> findings) {
        try (PstnProvider provider = session.open(carrier, settings)) {
            new Examination(provider, findings).run();
        } catch (BadUsage | IllegalArgumentException e) {
            findings.add(Finding.failed("settings", String.valueOf(e.getMessage())));
        }
    }

    private void show(Carrier carrier, List<Finding> findings, boolean failed) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("provider", carrier.name());
        result.put("failed", failed);
        result.put("findings", findings);
        if (session.screen().isJson()) {
            session.screen().document(Results.ordered(result));
        } else {
            session.screen()
                    .list(
                            new Table<Finding>()
                                    .column("STATUS", Finding::status)
                                    .column("CHECK", Finding::check)
                                    .column("FINDING", Finding::text),
                            findings,
                            "");
        }
    }
}
