package io.careflow.pstn.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Values on their way into and out of the driver. Instants travel with an explicit offset, so no time zone setting matters. */
final class Sql {
    private static final Instant FIRST = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("+200000-01-01T00:00:00Z");

    private Sql() {}

    static Argument time(@Nullable Instant value) {
        return (position, statement, context) -> {
            if (value == null) {
                statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(position, value.atOffset(ZoneOffset.UTC));
            }
        };
    }

    /** An end of a span. What PostgreSQL cannot hold becomes the nearest that it can: "since for ever" is a fair question. */
    static Argument bound(Instant value) {
        return time(value.isBefore(FIRST) ? FIRST : value.isAfter(LAST) ? LAST : value);
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static @Nullable Instant millis(@Nullable Instant value) {
        return value == null ? null : value.truncatedTo(ChronoUnit.MILLIS);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        if (array == null) {
            return List.of();
        }
        Object[] values = (Object[]) array.getArray();
        return Arrays.stream(values)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toList();
    }

    /** As {@code text[]}. */
    static Argument texts(Collection<String> values) {
        return array("text", values.toArray(new String[0]));
    }

    /** A part of each item, as {@code text[]}. */
    static <T> Argument texts(List<T> items, Function<T, ? extends @Nullable String> part) {
        return array("text", all(items, part, String[]::new));
    }

    /** A part of each item, as {@code bigint[]}. */
    static <T> Argument longs(List<T> items, Function<T, Long> part) {
        return array("int8", all(items, part, Long[]::new));
    }

    /** The driver sends a typed array in binary form, which neither side has to take apart character by character. */
    static Argument array(String type, Object[] values) {
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }

    /** A part of each item, as an array for the driver. */
    static <T, V> V[] all(List<T> items, Function<T, ? extends @Nullable V> part, IntFunction<V[]> array) {
        V[] values = array.apply(items.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = part.apply(items.get(i));
        }
        return values;
    }
}
