package io.careflow.pstn.cli;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.error.PstnException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What one command does its work with: settings, provider, screen. Not thread-safe. */
final class Session {
    private final Surroundings surroundings;
    private final PstnCommand options;

    Session(Surroundings surroundings, PstnCommand options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    Screen screen() {
        CommandLine line = options.spec().commandLine();
        return new Screen(line.getOut(), line.getErr(), options.json);
    }

    PrintWriter err() {
        return options.spec().commandLine().getErr();
    }

    boolean isVerbose() {
        return options.verbose;
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    Path path(Path given) {
        return surroundings.folder().resolve(given);
    }

    /** The id that was typed, or a new one. */
    CommandId commandId(@Nullable String typed) {
        return new CommandId(typed == null ? surroundings.ids().get() : typed);
    }

    SettingsFile settingsFile() {
        Path named = options.config;
        if (named == null) {
            String variable = surroundings.environment().get("PSTN_CONFIG");
            named = variable == null || variable.isBlank() ? null : Path.of(variable);
        }
        return named == null ? SettingsFile.NONE : SettingsFile.read(path(named));
    }

    Carrier carrier(SettingsFile file) {
        String name = Optional.ofNullable(options.provider)
                .or(() -> Optional.ofNullable(surroundings.environment().get("PSTN_PROVIDER"))
                        .filter(value -> !value.isBlank()))
                .or(() -> file.value("provider"))
                .orElseThrow(() ->
                        new BadUsage("no provider is named; give --provider, the variable PSTN_PROVIDER or the key"
                                + " 'provider' of the settings file. Allowed are "
                                + surroundings.carriers().names()));
        return surroundings.carriers().named(name);
    }

    Settings settings(Carrier carrier, SettingsFile file) {
        return Settings.of(carrier, surroundings.environment(), file);
    }

    PstnProvider open() {
        SettingsFile file = settingsFile();
        Carrier carrier = carrier(file);
        return open(carrier, settings(carrier, file));
    }

    PstnProvider open(Carrier carrier, Settings settings) {
        List<String> missing = settings.missing(carrier);
        if (!missing.isEmpty()) {
            throw new BadUsage(
                    "settings of provider '" + carrier.name() + "' are missing: " + String.join(", ", missing));
        }
        return carrier.open(settings, options.baseUrl);
    }

    /** Asks the carrier without changing anything. */
    <C extends Capability> int read(Class<C> capability, BiConsumer<PstnProvider, C> work) {
        try (PstnProvider provider = open()) {
            C found = provider.require(capability);
            try {
                work.accept(provider, found);
            } catch (PstnException | Answer | BadUsage | BrokenOff | UncheckedIOException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new ReadFailed(e);
            }
            return ExitCode.OK;
        }
    }

    /**
     * Changes something at the carrier, once, if somebody says yes.
     *
     * @param prepare checks everything and may read, but changes nothing
     */
    <C extends Capability> int change(Class<C> capability, Consent consent, BiFunction<PstnProvider, C, Plan> prepare) {
        try (PstnProvider provider = open()) {
            Plan plan = prepare.apply(provider, provider.require(capability));
            if (consent.isDryRun()) {
                consent.describe(plan, screen());
                return ExitCode.OK;
            }
            if (plan.asks()) {
                consent.obtain(plan, screen(), surroundings.operator());
            }
            if (plan.commandId() != null) {
                screen().note("Command id: " + plan.commandId());
            }
            Object result;
            try {
                result = plan.work().get();
            } catch (BadUsage | Answer e) {
                throw e;
            } catch (RuntimeException e) {
                throw new ChangeFailed(plan, e);
            }
            screen().one(Results.of(result, plan.commandId()));
            return ExitCode.OK;
        }
    }
}
