package io.careflow.pstn.jdbc;

import io.careflow.pstn.siptrunk.ChannelAnswer;
import io.careflow.pstn.siptrunk.ChannelClaim;
import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.ChannelLimits;
import io.careflow.pstn.siptrunk.ChannelUse;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Keeps leases in the table {@code pstn_channel_leases}, for all nodes of an application. Those who take a channel of one trunk do so
 * one after another, by a lock that PostgreSQL holds until each has committed; trunks do not wait for each other. Only the clock of the
 * database counts. Thread-safe. Throws {@link StoreUnavailable} if the database cannot be asked, {@link StoreRefused} if it refuses a
 * value.
 */
public final class JdbiChannelLeases implements ChannelLeases {
    private static final String EXPIRY = "clock_timestamp() + :ttl * interval '1 millisecond'";

    private final Database database;

    JdbiChannelLeases(Database database) {
        this.database = database;
    }

    @Override
    public ChannelAnswer take(ChannelClaim claim) {
        // READ COMMITTED: what the holder of the lock before us committed must be seen by the statements after the
        // lock.
        return database.quick(
                "channels.take",
                handle -> handle.inTransaction(
                        TransactionIsolationLevel.READ_COMMITTED, transaction -> take(transaction, claim)));
    }

    @Override
    public boolean renew(String trunk, String holder, Duration ttl) {
        ChannelClaim.requireTtl(ttl);
        return database.quick("channels.renew", handle -> renew(handle, trunk, holder, ttl));
    }

    @Override
    public void release(String holder) {
        int unused = database.quick("channels.release", handle -> {
            try (Update sql = handle.createUpdate("DELETE FROM pstn_channel_leases WHERE holder = :holder")) {
                return sql.bind("holder", holder).execute();
            }
        });
    }

    @Override
    public int sweep() {
        return database.quick("channels.sweep", handle -> {
            try (Update sql =
                    handle.createUpdate("DELETE FROM pstn_channel_leases WHERE expires_at <= clock_timestamp()")) {
                return sql.execute();
            }
        });
    }

    @Override
    public ChannelUse use(String trunk) {
        return database.quick("channels.use", handle -> use(handle, trunk));
    }

    private static ChannelAnswer take(Handle handle, ChannelClaim claim) {
        lock(handle, claim.trunk());
        if (renew(handle, claim.trunk(), claim.holder(), claim.ttl())) {
            return new ChannelAnswer.Taken(use(handle, claim.trunk()));
        }
        ChannelUse use = use(handle, claim.trunk());
        ChannelAnswer answer = claim.regardless()
                ? new ChannelAnswer.Taken(ChannelLimits.counted(claim.direction(), use))
                : claim.limits().fit(claim.trunk(), claim.direction(), use);
        if (answer instanceof ChannelAnswer.Taken) {
            insert(handle, claim);
        }
        return answer;
    }

    private static void lock(Handle handle, String trunk) {
        try (Query sql = handle.createQuery(
                "SELECT pg_advisory_xact_lock(hashtextextended('pstn_channel_leases ' || :trunk, 0))")) {
            Object unused =
                    sql.bind("trunk", trunk).map((row, context) -> trunk).one();
        }
    }

    private static boolean renew(Handle handle, String trunk, String holder, Duration ttl) {
        try (Update sql = handle.createUpdate("UPDATE pstn_channel_leases SET expires_at = " + EXPIRY
                + " WHERE trunk = :trunk AND holder = :holder AND expires_at > clock_timestamp()")) {
            return sql.bind("trunk", trunk)
                            .bind("holder", holder)
                            .bind("ttl", ttl.toMillis())
                            .execute()
                    == 1;
        }
    }

    private static void insert(Handle handle, ChannelClaim claim) {
        try (Update sql = handle.createUpdate("INSERT INTO pstn_channel_leases (trunk, holder, direction, expires_at)"
                + " VALUES (:trunk, :holder, :direction, " + EXPIRY + ")"
                + " ON CONFLICT (trunk, holder) DO UPDATE SET direction = excluded.direction,"
                + " taken_at = excluded.taken_at, expires_at = excluded.expires_at")) {
            int unused = sql.bind("trunk", claim.trunk())
                    .bind("holder", claim.holder())
                    .bind("direction", claim.direction().name())
                    .bind("ttl", claim.ttl().toMillis())
                    .execute();
        }
    }

    private static ChannelUse use(Handle handle, String trunk) {
        try (Query sql = handle.createQuery("SELECT count(*) FILTER (WHERE direction = 'INBOUND') AS incoming,"
                + " count(*) FILTER (WHERE direction = 'OUTBOUND') AS outgoing FROM pstn_channel_leases"
                + " WHERE trunk = :trunk AND expires_at > clock_timestamp()")) {
            return sql.bind("trunk", trunk)
                    .map((row, context) -> new ChannelUse(row.getInt("incoming"), row.getInt("outgoing")))
                    .one();
        }
    }
}
