package io.careflow.pstn.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.error.PstnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pstn cdr}. */
final class CdrCommands {
    private CdrCommands() {}

    static Table<ProviderCdr> table() {
        return new Table<ProviderCdr>()
                .column("CALL", ProviderCdr::call)
                .column("DIRECTION", ProviderCdr::direction)
                .column("FROM", ProviderCdr::from)
                .column("TO", ProviderCdr::to)
                .column("STARTED", ProviderCdr::started)
                .column("ENDED", ProviderCdr::ended)
                .column("SECONDS", ProviderCdr::billedSeconds)
                .column("RESULT", cdr -> cdr.disposition() == null ? cdr.rawStatus() : cdr.disposition())
                .column("PRICE", cdr -> cdr.price() == null ? "unknown" : cdr.price());
    }

    @Command(
            name = "pull",
            description = {
                "The provider's own records of calls that started in a span, by default in the last 24 hours.",
                "They are printed as they come. If that breaks off, the exit code is 1 and the JSON array stays open,"
                        + " so that nobody takes it for all."
            },
            footer = {"", "Example:", "  pstn cdr pull --from 2026-01-01 --to 2026-02-01 --json > january.json"})
    static final class Pull implements Callable<Integer> {
        private final Session session;

        @Mixin
        private Span span = new Span();

        Pull(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Span.Times times = span.times(session.now(), Duration.ofDays(1));
            return session.read(ProviderCdrs.class, (provider, cdrs) -> {
                long count = session.screen().isJson() ? json(cdrs, times) : text(cdrs, times);
                session.screen().note(count + " records from " + times.from() + " to " + times.to());
            });
        }

        private long text(ProviderCdrs cdrs, Span.Times times) {
            Table.Printing<ProviderCdr> printing = table().onto(session.screen());
            long[] count = {0};
            try {
                return cdrs.pull(times.from(), times.to(), cdr -> {
                    printing.add(cdr);
                    count[0]++;
                });
            } catch (PstnException e) {
                throw count[0] == 0 ? e : brokenOff(count[0], e);
            } finally {
                printing.end(() -> "No calls started from " + times.from() + " to " + times.to() + ".");
            }
        }

        private long json(ProviderCdrs cdrs, Span.Times times) {
            try (JsonGenerator array = session.screen().array()) {
                long[] count = {0};
                Consumer<ProviderCdr> sink = cdr -> {
                    if (count[0]++ == 0) {
                        begin(array);
                    }
                    write(array, cdr);
                };
                long pulled;
                try {
                    pulled = cdrs.pull(times.from(), times.to(), sink);
                } catch (PstnException e) {
                    array.flush();
                    throw count[0] == 0 ? e : brokenOff(count[0], e);
                }
                if (count[0] == 0) {
                    begin(array);
                }
                array.writeEndArray();
                array.writeRaw('\n');
                return pulled;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static BrokenOff brokenOff(long count, PstnException failure) {
            return new BrokenOff(
                    "It broke off after " + count + " records: what was printed is right, but not all.", failure);
        }

        private static void begin(JsonGenerator array) {
            try {
                array.writeStartArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void write(JsonGenerator array, ProviderCdr cdr) {
            try {
                array.writeTree(Values.json(cdr));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
