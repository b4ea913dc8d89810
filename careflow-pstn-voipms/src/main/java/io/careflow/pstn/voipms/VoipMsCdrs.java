package io.careflow.pstn.voipms;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Calls as VoIP.ms recorded and billed them. It does not say which way a call went, so it is asked for each way on its own; it has
 * no pages, so long spans are asked for by the month. Records name neither SIP's Call-ID nor ours: they are joined to those of a
 * PBX by account, destination, beginning and length. The beginning is to the second, and the end is as long after it as the call is
 * counted. Thread-safe.
 */
final class VoipMsCdrs implements ProviderCdrs {
    /** A call is looked for among those of the last 92 days. */
    private static final Duration REMEMBERED = Duration.ofDays(92);

    private final VoipMsClient client;
    private final VoipMsClock clock;
    private final CdrRows rows;

    VoipMsCdrs(VoipMsClient client, VoipMsClock clock) {
        this.client = client;
        this.clock = clock;
        this.rows = new CdrRows(client.id());
    }

    @Override
    public long pull(Instant from, Instant to, Consumer<ProviderCdr> sink) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "span " + from + " to " + to + " is empty; its end must lie after its start");
        }
        Set<String> handedOver = new HashSet<>();
        Map<String, Map<String, String>> cameIn = new HashMap<>();
        for (RecordDays days : RecordDays.of(clock, from, to)) {
            for (ProviderCdr cdr : of("cdr.pull", days, cameIn)) {
                Instant started = cdr.started();
                boolean within = started != null && !started.isBefore(from) && started.isBefore(to);
                if (within && handedOver.add(cdr.call().id())) {
                    sink.accept(cdr);
                }
            }
        }
        return handedOver.size();
    }

    /** Among the calls of the last 92 days, the newest month first. */
    @Override
    public Optional<ProviderCdr> find(CallRef call) {
        return find("cdr.find", call);
    }

    /** As {@link #find(CallRef)}, for something else that needs it. */
    Optional<ProviderCdr> find(String operation, CallRef call) {
        if (!call.provider().equals(client.id())) {
            return Optional.empty();
        }
        Instant now = client.clock().instant();
        List<RecordDays> all = RecordDays.of(clock, now.minus(REMEMBERED), now);
        boolean second = call.id().endsWith(CdrRows.OUTGOING);
        Map<String, Map<String, String>> cameIn = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            // The second leg of two is known by the first, which may be of the days before.
            RecordDays days = all.get(second ? i : all.size() - 1 - i);
            Optional<ProviderCdr> found = of(operation, days, second ? cameIn : new HashMap<>()).stream()
                    .filter(cdr -> cdr.call().equals(call))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** @param cameIn what came in on the days before, by id; that of these days is added */
    private List<ProviderCdr> of(String operation, RecordDays days, Map<String, Map<String, String>> cameIn) {
        List<Fields> incoming = ask(operation, days, "incoming");
        List<Fields> outgoing = ask(operation, days, "outgoing");
        Set<String> inBoth = new HashSet<>();
        incoming.forEach(row -> cameIn.putIfAbsent(id(row), CdrRows.details(row)));
        outgoing.stream()
                .filter(row -> CdrRows.details(row).equals(cameIn.get(id(row))))
                .forEach(row -> inBoth.add(id(row)));
        List<ProviderCdr> all = new ArrayList<>();
        for (Fields row : incoming) {
            // One that is listed both ways tells itself which way it went.
            Direction said = CdrRows.direction(row).orElse(Direction.INBOUND);
            all.add(rows.cdr(id(row), null, inBoth.contains(id(row)) ? said : Direction.INBOUND, row, days));
        }
        for (Fields row : outgoing) {
            String id = id(row);
            if (!cameIn.containsKey(id)) {
                all.add(rows.cdr(id, null, Direction.OUTBOUND, row, days));
            } else if (!inBoth.contains(id)) {
                all.add(rows.cdr(id + CdrRows.OUTGOING, id, Direction.OUTBOUND, row, days));
            }
        }
        return all;
    }

    private List<Fields> ask(String operation, RecordDays days, String type) {
        return client.list(
                VoipMsCall.of(operation, "getCDR")
                        .with("date_from", days.first().toString())
                        .with("date_to", days.last().toString())
                        .with("timezone", days.timezone())
                        .flag("answered", true)
                        .flag("noanswer", true)
                        .flag("busy", true)
                        .flag("failed", true)
                        .with("calltype", type),
                "cdr");
    }

    private static String id(Fields row) {
        return row.requireText("uniqueid");
    }
}
