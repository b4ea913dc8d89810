package io.careflow.pstn.cli;

import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where calls and messages of a number go. */
final class NumberOptions {
    @Option(names = "--label", paramLabel = "TEXT", description = "What people call it.")
    @Nullable
    private String label;

    @Option(names = "--voice-url", paramLabel = "URL", description = "Who is asked when a call comes in.")
    @Nullable
    private URI voice;

    @Option(names = "--voice-fallback-url", paramLabel = "URL", description = "Who is asked when that fails.")
    @Nullable
    private URI fallback;

    @Option(names = "--status-url", paramLabel = "URL", description = "Who is told of the end of calls.")
    @Nullable
    private URI status;

    @Option(names = "--message-url", paramLabel = "URL", description = "Who is told of text messages.")
    @Nullable
    private URI message;

    @Option(names = "--trunk", paramLabel = "ID", description = "The trunk that takes its calls, instead of a URL.")
    @Nullable
    private String trunk;

    @Mixin
    private VendorOptions vendor = new VendorOptions();

    NumberSettings settings(NumberInventory numbers) {
        return new NumberSettings(label, voice, fallback, status, message, trunk, vendor.of(numbers));
    }
}
