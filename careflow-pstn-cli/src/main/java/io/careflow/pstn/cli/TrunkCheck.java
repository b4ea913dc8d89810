package io.careflow.pstn.cli;

import io.careflow.pstn.siptrunk.InvalidProfile;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn trunk check}. Asks no carrier and fetches no secret. */
@Command(
        name = "check",
        description = {
            "Reads the profile of a SIP trunk without an API, and shows everything that is wrong with it at once, and what works"
                    + " but should be looked at.",
            "The exit code is 1 if something is wrong, or with --strict if there is a warning; else 0."
        },
        footer = {"", "Example:", "  pstn trunk check siproute.properties"})
final class TrunkCheck implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The profile, properties or JSON.")
    private @Nullable Path file;

    @Option(names = "--strict", description = "Warnings count as errors.")
    private boolean strict;

    TrunkCheck(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path path = session.path(Typed.required(file));
        try {
            SipTrunkProfile profile = TrunkFile.read(path);
            boolean failed = strict && !profile.warnings().isEmpty();
            show(path, profile.id(), List.of(), profile.warnings(), failed);
            return failed ? ExitCode.FAILED : ExitCode.OK;
        } catch (InvalidProfile e) {
            show(path, null, e.problems(), List.of(), true);
            return ExitCode.FAILED;
        }
    }

    private void show(Path path, @Nullable String trunk, List<String> problems, List<String> warnings, boolean failed) {
        if (session.screen().isJson()) {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            result.put("trunk", trunk);
            result.put("failed", failed);
            result.put("problems", problems);
            result.put("warnings", warnings);
            session.screen().document(Results.ordered(result));
            return;
        }
        problems.forEach(problem -> session.screen().line(Values.printable("error: " + problem)));
        warnings.forEach(warning -> session.screen().line(Values.printable("warning: " + warning)));
        if (problems.isEmpty()) {
            session.screen()
                    .line(path + " is a sound profile of the trunk " + trunk
                            + (warnings.isEmpty() ? "." : ", with " + warnings.size() + " to look at."));
        }
    }
}
