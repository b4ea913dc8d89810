package io.careflow.pstn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.tck.InMemoryProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Types commands against an in-memory provider, and keeps all that they said. */
final class Shell {
    static final String KEY = "sekrit-key-of-the-carrier";
    static final PhoneNumber OURS = new PhoneNumber("+14165550100");
    static final PhoneNumber THEIRS = new PhoneNumber("+14165550199");

    final InMemoryProvider provider;
    final Map<String, String> environment = new HashMap<>(Map.of("PSTN_PROVIDER", "memory", "PSTN_MEMORY_KEY", KEY));
    final List<String> said = new ArrayList<>();
    final List<String> questions = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final Path folder;
    private boolean terminal;
    private int ids;

    Shell(InMemoryProvider provider, Path folder) {
        this.provider = provider;
        this.folder = folder;
    }

    static InMemoryProvider.Builder carrier() {
        return InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp()).webhooks(Secret.of(KEY));
    }

    static Shell in(Path folder) {
        return new Shell(carrier().start(), folder);
    }

    /** Somebody sits there and types this when asked. */
    Shell answering(String... typed) {
        terminal = true;
        answers.addAll(List.of(typed));
        return this;
    }

    Ran run(String... arguments) {
        return run(new StringWriter(), arguments);
    }

    /** Whoever reads the results is gone. */
    Ran runUnheard(String... arguments) {
        return run(
                new StringWriter() {
                    @Override
                    public void write(String text, int offset, int length) {
                        throw new IllegalStateException("nobody reads");
                    }
                },
                arguments);
    }

    private Ran run(StringWriter out, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = Commands.line(new Surroundings(
                environment,
                folder,
                Clock.fixed(provider.time().now(), ZoneOffset.UTC),
                () -> "made-up-" + ++ids,
                new Typist(),
                new Carriers(List.of(new Memory()))));
        int exit =
                line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
        said.add(out.toString());
        said.add(err.toString());
        return new Ran(exit, out.toString(), err.toString());
    }

    /** What a command said and how it ended. */
    record Ran(int exit, String out, String err) {
        private static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();

        JsonNode json() {
            try {
                return MAPPER.readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not one JSON document: " + out, e);
            }
        }
    }

    private final class Typist implements Operator {
        @Override
        public Optional<String> ask(String question) {
            questions.add(question);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public boolean isThere() {
            return terminal;
        }
    }

    private final class Memory implements Carrier {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public List<SettingKey> settings() {
            return List.of(
                    SettingKey.required("key", "the key of the carrier").kept(),
                    SettingKey.optional("region", "where it is"),
                    SettingKey.optional("home-page", "a URL"));
        }

        @Override
        public PstnProvider open(Settings settings, @Nullable URI baseUrl) {
            if (settings.secret("key").orElseThrow().reveal().length() < 6) {
                throw new IllegalArgumentException("key is too short; expected at least 6 characters");
            }
            settings.url("home-page");
            return provider;
        }
    }
}
