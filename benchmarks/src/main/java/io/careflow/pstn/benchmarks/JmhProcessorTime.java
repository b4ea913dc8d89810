package io.careflow.pstn.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Processor time of the measuring thread and the bytes that it allocated, which JMH adds up beside its own clock: what others do on
 * the machine is left out, and so is what JMH allocates around the operations.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class JmhProcessorTime {
    /** Processor time of all operations. */
    public long nanos;

    /** How many there were. */
    public long operations;

    /** What they allocated. */
    public long bytes;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long begun;
    private long allocated;

    /** Begins some operations. */
    void begin() {
        allocated = threads.getCurrentThreadAllocatedBytes();
        begun = threads.getCurrentThreadCpuTime();
    }

    /** Ends so many. */
    void end(int count) {
        nanos += threads.getCurrentThreadCpuTime() - begun;
        bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
        operations += count;
    }
}
