package io.careflow.pstn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which columns people see of things of one kind. Not thread-safe. */
final class Table<T> {
    private final List<String> titles = new ArrayList<>();
    private final List<Function<T, @Nullable Object>> cells = new ArrayList<>();

    Table<T> column(String title, Function<T, @Nullable Object> cell) {
        titles.add(title);
        cells.add(cell);
        return this;
    }

    List<String> titles() {
        return titles;
    }

    List<String> row(T thing) {
        return cells.stream().map(cell -> Values.text(cell.apply(thing))).toList();
    }

    /** Begins to print: the first rows decide how wide the columns are, the rest is printed as it comes. */
    Printing<T> onto(Screen screen) {
        return new Printing<>(this, screen);
    }

    static final class Printing<T> {
        private static final int DECIDING = 200;
        private final Table<T> table;
        private final Screen screen;
        private final List<List<String>> waiting = new ArrayList<>();
        private @Nullable List<Integer> widths;

        private Printing(Table<T> table, Screen screen) {
            this.table = table;
            this.screen = screen;
        }

        void add(T thing) {
            if (widths == null) {
                waiting.add(table.row(thing));
                if (waiting.size() == DECIDING) {
                    decide();
                }
            } else {
                screen.line(Lines.aligned(table.row(thing), widths));
            }
        }

        /** Prints what waits; without any row this. */
        void end(Supplier<String> nothing) {
            if (widths == null && waiting.isEmpty()) {
                screen.line(nothing.get());
            } else if (widths == null) {
                decide();
            }
        }

        private void decide() {
            waiting.add(0, table.titles());
            List<Integer> decided = Lines.widths(waiting);
            waiting.forEach(row -> screen.line(Lines.aligned(row, decided)));
            widths = decided;
        }
    }
}
