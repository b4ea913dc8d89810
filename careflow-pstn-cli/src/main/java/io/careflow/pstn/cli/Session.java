package io.careflow.pstn.cli;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SecretSource;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What one command does its work with: settings, provider, screen. Not thread-safe. */
final class Session {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private static final String VARIABLE = "env:";
    /** Of a secret: to blot out a shorter one would mangle words, and tell it by the gaps. */
    private static final int SHORTEST = 4;

    private final Surroundings surroundings;
    private final PstnCommand options;
    private final Map<String, String> assumed = new LinkedHashMap<>();
    private final List<String> secrets = new ArrayList<>();

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

    /** Whether somebody reads along at a terminal, and does not want one document. */
    boolean isWatched() {
        return surroundings.operator().isThere() && !options.json;
    }

    /** The provider, if one was typed. */
    Optional<String> providerTyped() {
        return Optional.ofNullable(options.provider);
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

    /** Refuses to place calls where nobody would run what happens in them. */
    void requireCalls() {
        carrier(settingsFile()).whyNoCalls().ifPresent(why -> {
            throw new BadUsage(why);
        });
    }

    Settings settings(Carrier carrier, SettingsFile file) {
        return Settings.of(carrier, surroundings.environment(), file);
    }

    /** Uses this value for a setting of the carrier that is not set. */
    void assume(String setting, String value) {
        assumed.put(setting, value);
    }

    private PstnProvider open() {
        SettingsFile file = settingsFile();
        Carrier carrier = carrier(file);
        Settings settings = settings(carrier, file);
        for (Map.Entry<String, String> each : assumed.entrySet()) {
            settings = settings.or(carrier, each.getKey(), each.getValue());
        }
        return open(carrier, settings);
    }

    PstnProvider open(Carrier carrier, Settings settings) {
        List<String> missing = settings.missing(carrier);
        if (!missing.isEmpty()) {
            throw new BadUsage(
                    "settings of provider '" + carrier.name() + "' are missing: " + String.join(", ", missing));
        }
        settings.requireLongSecrets(carrier, SHORTEST);
        secrets.addAll(settings.secrets(carrier));
        return carrier.open(settings, baseUrl());
    }

    /** Fetches secrets that files refer to, of variables and files; none of them is said from then on. */
    SecretSource secretSource() {
        SecretSource files = SecretSource.ofEnvironmentAndFiles();
        return reference -> {
            Secret found =
                    reference.text().startsWith(VARIABLE) ? secretOfVariable(reference) : files.secret(reference);
            if (found.reveal().length() < SHORTEST) {
                throw new IllegalArgumentException(
                        "the secret at " + reference + " is too short; expected at least " + SHORTEST + " characters");
            }
            secrets.add(found.reveal());
            return found;
        };
    }

    /** A variable of the process; empty where it is not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(surroundings.environment().get(name)).filter(value -> !value.isBlank());
    }

    /** A setting that is no carrier's: of its variable, such as PSTN_DATABASE_URL of {@code database.url}, else of the file. */
    Optional<String> setting(String key) {
        String variable = "PSTN_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
        return variable(variable).map(String::strip).or(() -> settingsFile().value(key));
    }

    /** The secret, which is not said from now on. */
    Secret unsaid(String setting, Secret secret) {
        if (secret.reveal().length() < SHORTEST) {
            throw new BadUsage("setting " + setting + " is too short; expected at least " + SHORTEST + " characters");
        }
        secrets.add(secret.reveal());
        return secret;
    }

    private Secret secretOfVariable(SecretRef reference) {
        String value = surroundings.environment().get(reference.text().substring(VARIABLE.length()));
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("there is no secret at " + reference);
        }
        return Secret.of(value);
    }

    /** The text without any secret of the settings, whoever wrote it. */
    String withoutSecrets(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "[secret]");
        }
        return clean;
    }

    /** Credentials go there: in the clear only on this machine. */
    private @Nullable URI baseUrl() {
        URI base = options.baseUrl;
        if (base == null || "https".equalsIgnoreCase(base.getScheme())) {
            return base;
        }
        if (!"http".equalsIgnoreCase(base.getScheme())
                || base.getHost() == null
                || !LOOPBACK.matcher(base.getHost()).matches()) {
            throw new BadUsage(
                    "--base-url is sent the credentials; allowed are https, and http to localhost or 127.0.0.1");
        }
        return base;
    }

    /** Refuses, where nothing will be sent, what the carrier would refuse to do. */
    void requirePossible(Consent consent, Object request) {
        if (consent.isDryRun()) {
            SettingsFile file = settingsFile();
            Carrier carrier = carrier(file);
            carrier.whyNot(request, settings(carrier, file)).ifPresent(why -> {
                throw Answer.failed(why + " (nothing was done)");
            });
        }
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
            C found = provider.require(capability);
            carrier(settingsFile()).whyNoChanges().ifPresent(why -> {
                throw Answer.failed(why);
            });
            Plan plan = prepare.apply(provider, found);
            return carryOut(plan, consent);
        }
    }

    /** Does what was prepared, once, if somebody says yes. */
    int carryOut(Plan plan, Consent consent) {
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
        try {
            screen().one(Results.of(result, plan.commandId()));
        } catch (RuntimeException e) {
            throw new NotShown(plan, e);
        }
        return ExitCode.OK;
    }
}
