package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.siptrunk.ChannelAnswer;
import io.careflow.pstn.siptrunk.ChannelClaim;
import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.ChannelLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process of its own that takes channels. {@code churn}: several threads take and give back, then says how often it had one and how
 * many were in use at most. {@code hold}: takes all, says so, and waits to be killed.
 */
final class LeasingNode {
    static final ChannelLimits LIMITS = new ChannelLimits(3, null, null);
    static final Duration SHORT = Duration.ofSeconds(2);

    private LeasingNode() {}

    public static void main(String[] args) throws Exception {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(args[0]);
        dataSource.setUser("postgres");
        ChannelLeases leases = PstnDatabase.open(
                        dataSource, DatabaseSettings.defaults().withoutMigration())
                .channels();
        String name = args[2];
        if (args[1].equals("hold")) {
            for (int i = 0; i < LIMITS.total(); i++) {
                take(leases, name + i);
            }
            System.out.println("held");
            System.out.flush();
            Thread.currentThread().join();
        }
        ExecutorService pool = Executors.newFixedThreadPool(3);
        List<Future<int[]>> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String thread = name + i;
            threads.add(pool.submit(() -> churn(leases, thread)));
        }
        int taken = 0;
        int peak = 0;
        for (Future<int[]> thread : threads) {
            taken += thread.get()[0];
            peak = Math.max(peak, thread.get()[1]);
        }
        pool.shutdown();
        System.out.println("taken " + taken + " peak " + peak);
    }

    private static int[] churn(ChannelLeases leases, String name) {
        int taken = 0;
        int peak = 0;
        for (int i = 0; i < 60; i++) {
            String holder = name + "-" + i;
            if (take(leases, holder) instanceof ChannelAnswer.Taken) {
                taken++;
                // What another connection sees, whatever the answer said.
                peak = Math.max(peak, leases.use("trunk").total());
                leases.release(holder);
            }
        }
        return new int[] {taken, peak};
    }

    static ChannelAnswer take(ChannelLeases leases, String holder) {
        return leases.take(ChannelClaim.of("trunk", holder, Direction.OUTBOUND, LIMITS, SHORT));
    }
}
