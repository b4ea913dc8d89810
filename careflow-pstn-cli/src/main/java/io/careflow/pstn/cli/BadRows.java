package io.careflow.pstn.cli;

import io.careflow.pstn.csv.BadRow;
import io.careflow.pstn.csv.DeckLoad;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a price list that was read: its size, or what is wrong with it. */
record BadRows(Path file, int rates, long count, List<BadRow> first) {
    static BadRows of(Path file, DeckLoad load) {
        return load instanceof DeckLoad.Loaded loaded
                ? new BadRows(file, loaded.deck().size(), 0, List.of())
                : new BadRows(file, 0, ((DeckLoad.Refused) load).count(), ((DeckLoad.Refused) load).first());
    }

    void show(Screen screen) {
        if (screen.isJson()) {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            result.put("file", file.toString());
            result.put("failed", count > 0);
            result.put("rates", rates);
            result.put("badRows", count);
            result.put("first", first.stream().map(BadRow::toString).toList());
            screen.document(Results.ordered(result));
        } else if (count == 0) {
            screen.line(file + ": " + rates + " rates, all right");
        } else {
            first.forEach(row -> screen.line(Values.printable(row.toString())));
            if (count > first.size()) {
                screen.line("... and " + (count - first.size()) + " more; --bad-rows FILE writes all of them");
            }
            screen.line(file + ": " + count + " bad rows; no deck");
        }
    }
}
