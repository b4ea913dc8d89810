package io.careflow.pstn.cli;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself, with the options that stand behind each of its parts. */
@Command(
        name = "pstn",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Numbers, trunks, calls, messages, recordings and call records of a carrier.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed or refused; nothing was done",
            "2:options or settings are wrong; the carrier was not asked",
            "3:the answer is no: not found, or the webhook is not to be trusted",
            "4:in doubt: it may have been done; look it up, do not repeat it",
            "5:not confirmed; nothing was done"
        })
final class PstnCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            order = 100,
            description =
                    "Which provider. Else the variable PSTN_PROVIDER, else the key 'provider' of the settings file.")
    @Nullable
    String provider;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "Settings file with keys such as twilio.account-sid. Else the file that PSTN_CONFIG names.")
    @Nullable
    Path config;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "Asks this server instead of the provider's own, for tests.")
    @Nullable
    URI baseUrl;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = 103,
            description = "Prints one JSON document instead of text for people.")
    boolean json;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            order = 104,
            description = "Shows the stack trace of a failure.")
    boolean verbose;

    @Override
    public void run() {
        throw new ParameterException(spec().commandLine(), "a command is missing");
    }

    CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not a command of picocli yet");
        }
        return spec;
    }
}
