package io.careflow.pstn.cli;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn recording}. */
final class RecordingCommands {
    private RecordingCommands() {}

    @Command(name = "list", description = "The recordings of a call.")
    static final class ListOfCall implements Callable<Integer> {
        private final Session session;

        @Option(names = "--call", required = true, paramLabel = "ID", description = "The provider's id of the call.")
        private String call = "";

        ListOfCall(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Table<Recording> table = new Table<Recording>()
                    .column("ID", Recording::ref)
                    .column("STATUS", Recording::status)
                    .column("STARTED", Recording::startedAt)
                    .column("LENGTH", Recording::length)
                    .column("CHANNELS", Recording::channels);
            return session.read(
                    Recordings.class,
                    (provider, recordings) -> session.screen()
                            .list(
                                    table,
                                    recordings.list(new CallRef(provider.id(), call)),
                                    "The call has no recordings."));
        }
    }

    @Command(
            name = "fetch",
            description = "Copies a recording into a file. A file that exists is not overwritten.",
            footer = {"", "Example:", "  pstn recording fetch RE0123 --out call.mp3 --format mp3"})
    static final class Fetch implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the recording.")
        private String id = "";

        @Option(names = "--out", paramLabel = "FILE", description = "The new file; else named after the recording.")
        private @Nullable Path out;

        @Option(names = "--format", paramLabel = "FORMAT", description = "WAV (default) or MP3.")
        private RecordingFormat format = RecordingFormat.WAV;

        Fetch(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.read(Recordings.class, (provider, recordings) -> {
                Path file = session.path(out == null ? named() : out);
                long bytes = download(recordings, new RecordingRef(provider.id(), id), file);
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("recording", id);
                result.put("file", file.toString());
                result.put("bytes", bytes);
                session.screen().one(Results.ordered(result));
            });
        }

        private Path named() {
            return Path.of(
                    id.replaceAll("[^A-Za-z0-9_-]", "_") + "." + format.name().toLowerCase(Locale.ROOT));
        }

        /** Half a recording is taken away again. */
        private long download(Recordings recordings, RecordingRef ref, Path file) {
            boolean whole = false;
            try {
                Files.createFile(file, OwnerOnly.attributes(file));
                OutputStream sink = Files.newOutputStream(file);
                try (sink) {
                    long bytes = recordings.download(ref, format, sink);
                    whole = true;
                    return bytes;
                } finally {
                    if (!whole) {
                        Files.deleteIfExists(file);
                    }
                }
            } catch (FileAlreadyExistsException e) {
                throw new BadUsage("file " + file + " exists already; give --out with the name of a new one", e);
            } catch (IOException e) {
                throw new UncheckedIOException("file " + file + " cannot be written", e);
            }
        }
    }

    @Command(name = "delete", description = "Deletes a recording for ever: asks.")
    static final class Delete implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the recording.")
        private String id = "";

        @Mixin
        private Consent consent = new Consent();

        Delete(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.change(Recordings.class, consent, (provider, recordings) -> {
                RecordingRef ref = new RecordingRef(provider.id(), id);
                Recording found = recordings.fetch(ref).orElseThrow(() -> Answer.notFound("recording " + id));
                return Plan.to(
                                "recording.delete",
                                "Delete the recording " + id + " for ever",
                                Map.of("recording", Values.json(found)),
                                "'pstn recording list' shows whether it is still there",
                                () -> {
                                    recordings.delete(ref);
                                    return Results.gone("recording", id);
                                })
                        .asking();
            });
        }
    }
}
