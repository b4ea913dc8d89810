package io.careflow.pstn.cli;

import io.careflow.pstn.csv.BadRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with every bad row, a line for each; or none. */
final class BadRowsFile implements AutoCloseable {
    private final @Nullable Writer sink;

    private BadRowsFile(@Nullable Writer sink) {
        this.sink = sink;
    }

    static BadRowsFile of(@Nullable Path path) throws IOException {
        return new BadRowsFile(path == null ? null : Files.newBufferedWriter(path));
    }

    void add(BadRow row) {
        if (sink == null) {
            return;
        }
        try {
            sink.write(Values.printable(row.toString()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (sink != null) {
            sink.close();
        }
    }
}
