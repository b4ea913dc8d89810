package io.careflow.pstn.csv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where in a row each column is. */
final class Columns {
    private final Map<RateColumn, Integer> places;
    private final Map<RateColumn, String> names;

    private Columns(Map<RateColumn, Integer> places, Map<RateColumn, String> names) {
        this.places = places;
        this.names = names;
    }

    static Columns byPosition(CsvFormat format) {
        Map<RateColumn, String> names = new EnumMap<>(RateColumn.class);
        format.positions.forEach((column, position) -> names.put(column, "column " + (position + 1)));
        return new Columns(new EnumMap<>(format.positions), names);
    }

    /** Finds the headers; one that is not there, or there twice, is a problem. */
    static Columns byHeader(CsvFormat format, List<String> row, List<BadRow> problems) {
        List<String> found = row.stream()
                .map(header -> header.strip().toLowerCase(Locale.ROOT))
                .toList();
        Map<RateColumn, Integer> places = new EnumMap<>(RateColumn.class);
        new EnumMap<>(format.headers).forEach((column, header) -> {
            String wanted = header.toLowerCase(Locale.ROOT);
            int place = found.indexOf(wanted);
            if (place < 0) {
                problems.add(new BadRow(1, header, "the header has no such column, only " + Fields.shown(row)));
            } else if (found.lastIndexOf(wanted) != place) {
                problems.add(new BadRow(1, header, "the header has two such columns"));
            } else {
                places.put(column, place);
            }
        });
        return new Columns(places, new EnumMap<>(format.headers));
    }

    /** The place of the column, or -1. */
    int place(RateColumn column) {
        return places.getOrDefault(column, -1);
    }

    String name(RateColumn column) {
        return names.getOrDefault(column, column.text());
    }

    /** All places but that of the prefix. */
    int[] termPlaces() {
        List<Integer> all = new ArrayList<>();
        places.forEach((column, place) -> {
            if (column != RateColumn.PREFIX) {
                all.add(place);
            }
        });
        return all.stream().mapToInt(Integer::intValue).toArray();
    }
}
