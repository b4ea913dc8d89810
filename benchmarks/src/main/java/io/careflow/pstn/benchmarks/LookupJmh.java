package io.careflow.pstn.benchmarks;

import java.nio.file.Path;
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

/** Lookups in the world deck. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupJmh {
    private static final int BATCH = 10_000;

    /** Where the {@link World} lies. */
    @Param("")
    public String folder = "";

    /** Which {@link Lookup}. */
    @Param(Lookup.OURS)
    public String subject = Lookup.OURS;

    private Lookup lookup = number -> -1;
    private int numbers;
    private int next;

    /** Reads the world and builds the one structure. */
    @Setup
    public void build() {
        World world = World.read(Path.of(folder));
        lookup = Lookup.of(subject, world);
        numbers = world.numbers().size();
    }

    /** Lookups one after the other. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void find(JmhProcessorTime time, Blackhole sink) {
        time.begin();
        for (int i = 0; i < BATCH; i++) {
            sink.consume(lookup.find(next));
            next = next + 1 == numbers ? 0 : next + 1;
        }
        time.end(BATCH);
    }
}
