package io.careflow.pstn.jdbc;

import io.careflow.pstn.messagedesk.MessageEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Deletes what is over and old: holds, commands and texts that nothing asks for any more. Goes through a table in pages of its key, each page one
 * short transaction, and leaves out whatever somebody has locked, so calls that begin and end do not wait for it. Call it once a day, on
 * any node. Entries of the ledger, call records and choices of
 * recipients are never deleted here. Thread-safe. Throws {@link StoreUnavailable} if the database
 * cannot be asked: pages before that stay deleted.
 */
public final class JdbiRetention {
    /** Nothing comes for a hold after its longest lease and some days to settle it. */
    private static final Duration LEAST_OF_HOLDS = Duration.ofDays(14);

    private static final Duration LEAST_OF_COMMANDS = Duration.ofDays(1);
    private static final int PAGE = 2000;
    private static final String ENDED_TEXTS = Arrays.stream(MessageEntry.State.values())
            .filter(MessageEntry.State::isFinal)
            .map(state -> "'" + state + "'")
            .collect(Collectors.joining(", "));

    private final Database database;
    private final int page;

    JdbiRetention(Database database) {
        this(database, PAGE);
    }

    JdbiRetention(Database database, int page) {
        this.database = database;
        this.page = page;
    }

    /**
     * Deletes holds that were settled, released or ran out that long ago. A hold that is gone cannot be settled any more. If it was, its
     * entry in the ledger stays, and nothing is set aside or settled under the same id ever again.
     *
     * @param olderThan 14 days or more
     * @return how many were deleted
     */
    public long holds(Duration olderThan) {
        require("olderThan of holds", olderThan, LEAST_OF_HOLDS);
        return all("retention.holds", "pstn_credit_holds", "id", "state <> 'HELD' AND over_at", olderThan);
    }

    /**
     * Deletes outbound commands that ended or were denied that long ago. The same command given again after that is not known: credit
     * refuses it if it was paid from there, else it places a call.
     *
     * @param olderThan a day or more
     * @return how many were deleted
     */
    public long outbound(Duration olderThan) {
        require("olderThan of commands", olderThan, LEAST_OF_COMMANDS);
        return all(
                "retention.outbound",
                "pstn_outbound",
                "command",
                "state IN ('DENIED', 'ENDED') AND changed_at",
                olderThan);
    }

    /**
     * Deletes texts that ended that long ago: paid, refused by rules, by credit, by their recipient's choice or by the carrier, or in
     * doubt until the time for that was over. Texts that are in doubt or not paid yet stay. The same command given again after that is
     * not known: credit refuses it if it was paid from there, else it sends a text.
     *
     * @param olderThan a day or more
     * @return how many were deleted
     */
    public long messages(Duration olderThan) {
        require("olderThan of messages", olderThan, LEAST_OF_COMMANDS);
        return all(
                "retention.messages",
                "pstn_messages",
                "command",
                "state IN (" + ENDED_TEXTS + ") AND changed_at",
                olderThan);
    }

    private long all(String operation, String table, String key, String over, Duration age) {
        String statement = "WITH page AS (SELECT " + key + " AS k FROM " + table + " WHERE " + key
                + " > :after ORDER BY " + key + " LIMIT :page),"
                + " old AS (SELECT t." + key + " AS k FROM " + table + " t JOIN page ON page.k = t." + key + " WHERE "
                + over
                + " < clock_timestamp() - :age * interval '1 millisecond' FOR UPDATE OF t SKIP LOCKED),"
                + " gone AS (DELETE FROM " + table + " t USING old WHERE t." + key + " = old.k RETURNING 1)"
                + " SELECT (SELECT k FROM page ORDER BY k DESC LIMIT 1), (SELECT count(*) FROM page),"
                + " (SELECT count(*) FROM gone)";
        long deleted = 0;
        String after = "";
        while (true) {
            String from = after;
            Page read = database.slow(operation, handle -> read(handle, statement, from, age));
            deleted += read.gone();
            if (read.rows() < page) {
                return deleted;
            }
            after = read.last();
        }
    }

    private Page read(Handle handle, String statement, String after, Duration age) {
        try (Query sql = handle.createQuery(statement)) {
            List<Page> one = sql.bind("after", after)
                    .bind("page", page)
                    .bind("age", age.toMillis())
                    .map((row, context) -> {
                        String last = row.getString(1);
                        return new Page(last == null ? after : last, row.getInt(2), row.getInt(3));
                    })
                    .list();
            return one.get(0);
        }
    }

    private static void require(String what, Duration given, Duration least) {
        if (given.compareTo(least) < 0) {
            throw new IllegalArgumentException(what + " is " + given + "; allowed are " + least + " and more");
        }
    }

    /** What one statement went through. */
    private record Page(String last, int rows, int gone) {}
}
