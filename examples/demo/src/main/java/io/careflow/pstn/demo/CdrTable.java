package io.careflow.pstn.demo;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CDRs as a table of plain text, at most 100 columns wide, with each price's explanation below. */
final class CdrTable {
    static final int WIDTH = 100;
    private static final int DECIMALS = 6;
    /** What ISO 4217 calls an amount of no currency: nothing at all costs the same everywhere. */
    private static final String NO_CURRENCY = "XXX";

    private static final String GAP = "  ";
    private static final List<String> HEAD =
            List.of("CALLER", "DIALLED", "TYPED", "RANG", "RING", "TALK", "STATUS", "ENDED BY", "COST");

    private CdrTable() {}

    static List<String> lines(List<CdrRow> cdrs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        cdrs.forEach(cdr -> rows.add(cells(cdr)));
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < HEAD.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                String cell = row.get(column);
                line.append(column == 0 ? "" : GAP).append(cell).append(" ".repeat(width - cell.length()));
            }
            lines.add(cut(line.toString().stripTrailing()));
        }
        for (CdrRow cdr : cdrs) {
            String which = cdrs.size() == 1 ? "" : (cdrs.indexOf(cdr) + 1) + ". ";
            lines.addAll(wrap(which + cause(cdr) + ". Cost: " + cdr.explanation()));
        }
        return lines;
    }

    private static String cause(CdrRow cdr) {
        return "Cause " + cdr.cause() + (cdr.causeText().isEmpty() ? "" : ": " + cdr.causeText());
    }

    private static List<String> cells(CdrRow cdr) {
        return List.of(
                cdr.caller(),
                cdr.dialled(),
                cdr.typed(),
                cdr.destination(),
                seconds(cdr.ringMillis()),
                seconds(cdr.talkMillis()),
                cdr.status(),
                cdr.releasedBy(),
                cdr.cost()
                        .map(cost ->
                                cost.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString()
                                        + (cdr.currency().equals(NO_CURRENCY) ? "" : " " + cdr.currency()))
                        .orElse("unknown"));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(" ");
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.stream().map(CdrTable::cut).toList();
    }
}
