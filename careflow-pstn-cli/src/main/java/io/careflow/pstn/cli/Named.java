package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key of a change that must not happen twice. */
final class Named {
    @Option(
            names = "--command-id",
            paramLabel = "ID",
            description = "The key of this one change. Without it one is made up and printed.")
    @Nullable
    private String typed;

    CommandId id(Session session) {
        return session.commandId(typed);
    }
}
