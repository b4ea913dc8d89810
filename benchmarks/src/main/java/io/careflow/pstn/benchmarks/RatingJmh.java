package io.careflow.pstn.benchmarks;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.rating.RatingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Calls rated by the world deck. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RatingJmh {
    private static final int BATCH = 10_000;
    private static final long SEED = 7;

    /** Where the {@link World} lies. */
    @Param("")
    public String folder = "";

    private Rater rater = Rater.of(List.of());
    private RatedCall[] calls = new RatedCall[0];
    private int next;

    /** Reads the world and builds deck and calls. */
    @Setup
    public void build() {
        World world = World.read(Path.of(folder));
        rater = RatedWorld.rater(RatedWorld.deck(world, SEED));
        calls = RatedWorld.calls(world, SEED);
    }

    /** Number found, hours and dates looked at, increments counted, the amount exact and rounded. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void rate(JmhProcessorTime time, Blackhole sink) {
        time.begin();
        for (int i = 0; i < BATCH; i++) {
            sink.consume(rater.rate(RatedWorld.CARRIER, Direction.OUTBOUND, calls[next]));
            next = next + 1 == calls.length ? 0 : next + 1;
        }
        time.end(BATCH);
    }

    /** The same with the rounded amount taken as a decimal with its currency. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void rateAndAmount(JmhProcessorTime time, Blackhole sink) {
        time.begin();
        for (int i = 0; i < BATCH; i++) {
            RatingResult result = rater.rate(RatedWorld.CARRIER, Direction.OUTBOUND, calls[next]);
            sink.consume(
                    result instanceof RatingResult.Rated rated ? rated.charge().amount() : result);
            next = next + 1 == calls.length ? 0 : next + 1;
        }
        time.end(BATCH);
    }
}
