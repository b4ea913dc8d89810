package io.careflow.pstn.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Processor time of the measuring thread, which JMH adds up beside its own clock: what others do on the machine is left out. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class JmhProcessorTime {
    /** Processor time of all operations. */
    public long nanos;

    /** How many there were. */
    public long operations;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long begun;

    /** Begins some operations. */
    void begin() {
        begun = threads.getCurrentThreadCpuTime();
    }

    /** Ends so many. */
    void end(int count) {
        nanos += threads.getCurrentThreadCpuTime() - begun;
        operations += count;
    }
}
