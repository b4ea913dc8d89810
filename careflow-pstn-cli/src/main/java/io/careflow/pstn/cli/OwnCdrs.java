package io.careflow.pstn.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.jdbc.OperatorAccess;
import io.careflow.pstn.jdbc.StoreException;
import io.careflow.pstn.routing.TriedRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn cdr list} and {@code pstn cdr show}: our own records, from the application's database. */
final class OwnCdrs {
    private OwnCdrs() {}

    static Table<Cdr> table() {
        return new Table<Cdr>()
                .column("CALL", cdr -> cdr.call().toString())
                .column("DIRECTION", Cdr::direction)
                .column("FROM", Cdr::from)
                .column("TO", Cdr::to)
                .column("STARTED", cdr -> cdr.times().started())
                .column("MS", cdr -> cdr.times().billableMillis())
                .column("RESULT", Cdr::disposition)
                .column(
                        "PRICE",
                        cdr -> cdr.cost().amount() == null
                                ? Quote.UNKNOWN
                                : cdr.cost().amount())
                .column("ATTEMPTS", OwnCdrs::attempts);
    }

    /** The record with the provider of its call, which an id alone does not name. */
    private static JsonNode tree(Cdr cdr) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("provider", cdr.call().provider().value());
        if (Values.json(cdr) instanceof ObjectNode fields) {
            record.setAll(fields);
        }
        return record;
    }

    /** The lines that were tried and what came of each, as {@code east BARRED, west COMPLETED}. */
    private static String attempts(Cdr cdr) {
        return cdr.attempts().stream()
                .map(tried -> tried.line() + " " + tried.attempt().verdict().cause())
                .collect(Collectors.joining(", "));
    }

    static Table<TriedRoute> attempts() {
        return new Table<TriedRoute>()
                .column("NO", tried -> tried.attempt().number())
                .column("ROUTE", tried -> tried.attempt().route())
                .column("LINE", TriedRoute::line)
                .column("STOOD", TriedRoute::stood)
                .column("BEGAN", TriedRoute::began)
                .column("RANG", TriedRoute::rang)
                .column("ANSWERED", TriedRoute::answered)
                .column("ENDED", TriedRoute::ended)
                .column("CAUSE", tried -> tried.attempt().verdict().cause())
                .column("CLASS", tried -> tried.attempt().verdict().failover())
                .column("BECAUSE", tried -> tried.attempt().because())
                .column("THEN", TriedRoute::move);
    }

    @Command(
            name = "list",
            description = {
                "Our own records of calls that started in a span, by default in the last 24 hours, from the application's"
                        + " database; with every trunk that was tried and why it was not the last.",
                "They are printed as they come. If that breaks off, the exit code is 1 and the JSON array stays open."
            },
            footer = {"", "Example:", "  pstn cdr list --since 7d --provider telnyx --json"})
    static final class ListStored implements Callable<Integer> {
        private final Session session;

        @Mixin
        private Span span = new Span();

        @Option(names = "--tenant", paramLabel = "NAME", description = "Of this tenant only.")
        private @Nullable String tenant;

        @Mixin
        private DatabaseOptions database = new DatabaseOptions();

        ListStored(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Span.Times times = span.times(session.now(), Duration.ofDays(1));
            CdrQuery query = CdrQuery.between(times.from(), times.to());
            query = tenant == null ? query : query.of(new TenantId(tenant));
            query = session.providerTyped().map(ProviderId::new).map(query::of).orElse(query);
            OperatorAccess tables = database.open(session);
            long count = session.screen().isJson() ? json(tables, query) : text(tables, query);
            session.screen().note(count + " records from " + times.from() + " to " + times.to());
            return ExitCode.OK;
        }

        private long text(OperatorAccess tables, CdrQuery query) {
            Table.Printing<Cdr> printing = table().onto(session.screen());
            try {
                return each(tables, query, printing::add);
            } finally {
                printing.end(() -> "No calls started then.");
            }
        }

        private long json(OperatorAccess tables, CdrQuery query) {
            try (JsonGenerator array = session.screen().array()) {
                boolean[] begun = {false};
                Consumer<Cdr> sink = cdr -> write(array, begun, cdr);
                long count = each(tables, query, sink);
                if (!begun[0]) {
                    array.writeStartArray();
                }
                array.writeEndArray();
                array.writeRaw('\n');
                return count;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void write(JsonGenerator array, boolean[] begun, Cdr cdr) {
            try {
                if (!begun[0]) {
                    begun[0] = true;
                    array.writeStartArray();
                }
                array.writeTree(tree(cdr));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static long each(OperatorAccess tables, CdrQuery query, Consumer<Cdr> sink) {
            long[] count = {0};
            try {
                tables.each(query, cdr -> {
                    sink.accept(cdr);
                    count[0]++;
                });
            } catch (StoreException e) {
                Answer failed = Answer.failed(e.getMessage() + " (nothing was done)");
                if (count[0] == 0) {
                    throw failed;
                }
                throw new BrokenOff(
                        "It broke off after " + count[0] + " records: what was printed is right, but not all.", failed);
            }
            return count[0];
        }
    }

    @Command(
            name = "show",
            description =
                    "Our own record of one call, from the application's database: its times, price, and every trunk that was"
                            + " tried, with why it was next, what came of it and what was decided.",
            footer = {"", "Example:", "  pstn cdr show telnyx/v3:abc"})
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "CALL", description = "The call, PROVIDER/ID as 'pstn cdr list' shows it.")
        private @Nullable String call;

        @Mixin
        private DatabaseOptions database = new DatabaseOptions();

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            String name = Typed.required(call);
            CallRef ref = ref(name);
            OperatorAccess tables = database.open(session);
            Cdr cdr = DatabaseOptions.asking(() -> tables.find(ref))
                    .orElseThrow(() -> Answer.notFound("a record of call " + Values.printable(name)));
            if (session.screen().isJson()) {
                session.screen().document(tree(cdr));
                return ExitCode.OK;
            }
            session.screen().one(tree(cdr.trying(List.of())));
            session.screen().line("");
            session.screen().list(attempts(), new ArrayList<>(cdr.attempts()), "No attempts were kept.");
            return ExitCode.OK;
        }

        private static CallRef ref(String text) {
            int slash = text.indexOf('/');
            if (slash < 1 || slash == text.length() - 1) {
                throw new BadUsage("'" + text + "' is no call; expected PROVIDER/ID as 'pstn cdr list' shows it");
            }
            return new CallRef(new ProviderId(text.substring(0, slash)), text.substring(slash + 1));
        }
    }
}
