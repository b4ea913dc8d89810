package io.careflow.pstn.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far the reading of a file has come, in one line that is written over: to people at a terminal only. */
final class ProgressLine implements AutoCloseable {
    private static final int WIDTH = 30;

    private final @Nullable PrintWriter out;
    private final long size;
    private int shown = -1;

    private ProgressLine(@Nullable PrintWriter out, long size) {
        this.out = out;
        this.size = size;
    }

    static ProgressLine of(Session session, long size) {
        return new ProgressLine(session.isWatched() ? session.err() : null, size);
    }

    void read(long rows, long bytes) {
        int percent = size <= 0 ? 100 : (int) Math.min(100, 100 * bytes / size);
        if (out == null || percent == shown) {
            return;
        }
        shown = percent;
        int done = WIDTH * percent / 100;
        out.print(String.format(
                Locale.ROOT, "\r[%s%s] %3d %%, %,d rows", "#".repeat(done), "-".repeat(WIDTH - done), percent, rows));
        out.flush();
    }

    @Override
    public void close() {
        if (out != null && shown >= 0) {
            out.println();
            out.flush();
        }
    }
}
