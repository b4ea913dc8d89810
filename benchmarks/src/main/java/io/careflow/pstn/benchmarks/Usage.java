package io.careflow.pstn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What Linux tells about a process: processor time, memory, threads and open files. */
record Usage(long cpuMillis, long rssKilobytes, int threads, int files) {
    private static final long MILLIS_PER_TICK = 10;

    static Usage of(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
            String stat = Files.readString(proc.resolve("stat"));
            List<String> fields =
                    Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            long ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
            String status = Files.readString(proc.resolve("status"));
            return new Usage(ticks * MILLIS_PER_TICK, number(status, "VmRSS:"), (int) number(status, "Threads:"), (int)
                    open.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time of a process and of its children, also of those that have ended. */
    static long familyMillis(long pid) {
        long ticks = ticks(pid, 15);
        for (ProcessHandle child :
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).toList()) {
            ticks += ticks(child.pid(), 13);
        }
        return ticks * MILLIS_PER_TICK;
    }

    /** The sum of the fields of {@code stat} from utime on. Nothing of one that ended this moment. */
    private static long ticks(long pid, int last) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long sum = 0;
            for (int i = 11; i < last; i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Processor time of the whole machine so far, all cores together. */
    static long machineMillis() {
        try {
            List<String> fields = Arrays.asList(
                    Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +", -1));
            long busy = 0;
            for (int i = 1; i < 9; i++) {
                busy += i == 4 || i == 5 ? 0 : Long.parseLong(fields.get(i));
            }
            return busy * MILLIS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
