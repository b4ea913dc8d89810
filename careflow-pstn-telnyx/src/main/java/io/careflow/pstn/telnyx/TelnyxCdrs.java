package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls as Telnyx recorded and billed them: one record for each leg, whose price is the sum of what Telnyx charges for it under
 * several names. Those charges stand in its details as {@code cost.*}, and so does {@code telnyx_session_id}, which is the same for
 * all legs of one conversation. A leg belongs to the span in which it began, with all its charges. Records come minutes after calls. A pull holds those of its span in memory, and takes as long as
 * 40 requests in a minute allow. Thread-safe.
 */
final class TelnyxCdrs implements ProviderCdrs {
    private static final Logger LOG = LoggerFactory.getLogger(TelnyxCdrs.class);
    private static final String TRUNKING = "sip-trunking";
    private static final String CONTROL = "call-control";
    private static final String RECORDING = "recording";

    /** How far the times of one leg in two kinds of records may be apart. */
    private static final Duration APART = Duration.ofMinutes(5);

    /** A recording may begin as long after its leg. */
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    private final TelnyxClient client;
    private final DetailRecords records;

    TelnyxCdrs(TelnyxClient client) {
        this.client = client;
        this.records = new DetailRecords(client);
    }

    @Override
    public long pull(Instant from, Instant to, Consumer<ProviderCdr> sink) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "span " + from + " to " + to + " is empty; its end must lie after its start");
        }
        String operation = "cdr.pull";
        Instant early = from.minus(APART);
        Instant late = to.plus(APART);
        Instant last = late.plus(LONGEST_CALL);
        Legs legs = new Legs();
        legs.addAll(TRUNKING, begun(operation, TRUNKING, early, late));
        legs.addAll(CONTROL, begun(operation, CONTROL, early, late));
        legs.charge(
                RECORDING,
                begun(operation, RECORDING, early, last).stream()
                        // What names no leg could be charged to one of the next span too.
                        .filter(charge -> !LegRecord.keys(charge).isEmpty() || isWithin(charge, from, to))
                        .toList());
        List<LegRecord> all = legs.all().stream()
                .filter(leg -> isWithin(leg.started(), from, to))
                .toList();
        all.forEach(leg -> sink.accept(leg.cdr(client.id())));
        return all.size();
    }

    /** By the handle of a call, or by the id of a leg of a trunk. */
    @Override
    public Optional<ProviderCdr> find(CallRef call) {
        if (!call.provider().equals(client.id())) {
            return Optional.empty();
        }
        String operation = "cdr.find";
        Collection<Fields> controlled = having("call_control_id", call.id(), operation, CONTROL);
        String leg = controlled.stream()
                .flatMap(record -> record.text("telnyx_leg_id").stream())
                .findFirst()
                .orElse(call.id());
        Legs legs = new Legs();
        legs.addAll(TRUNKING, having("telnyx_leg_id", leg, operation, TRUNKING));
        legs.addAll(CONTROL, controlled);
        return legs.all().stream()
                .findFirst()
                .map(found -> charged(legs, operation, leg, found))
                .map(found -> found.cdr(client.id()));
    }

    private LegRecord charged(Legs legs, String operation, String leg, LegRecord found) {
        legs.charge(RECORDING, having("telnyx_leg_id", leg, operation, RECORDING));
        return found;
    }

    // Telnyx answers everything where it does not understand a filter, and nothing where it does not know the field.
    private List<Fields> having(String field, String value, String operation, String kind) {
        return records.all(operation, kind, Map.of(field, value)).stream()
                .filter(record -> record.text(field).orElse("").equals(value))
                .toList();
    }

    private List<Fields> begun(String operation, String kind, Instant from, Instant to) {
        Map<String, String> span = Map.of("started_at.gte", from.toString(), "started_at.lt", to.toString());
        return records.all(operation, kind, span).stream()
                .filter(record -> isWithin(record, from, to))
                .toList();
    }

    private static boolean isWithin(Fields record, Instant from, Instant to) {
        return isWithin(LegRecord.started(record), from, to);
    }

    private static boolean isWithin(Optional<Instant> moment, Instant from, Instant to) {
        return moment.filter(started -> !started.isBefore(from) && started.isBefore(to))
                .isPresent();
    }

    /** Legs by what tells them apart. Used by one thread. */
    private static final class Legs {
        private final Map<String, LegRecord> byKey = new LinkedHashMap<>();
        private final Map<String, LegRecord> bySession = new LinkedHashMap<>();
        private final List<LegRecord> all = new ArrayList<>();

        void addAll(String kind, Collection<Fields> records) {
            records.forEach(record -> add(kind, record));
        }

        private void add(String kind, Fields record) {
            LegRecord leg = known(record).orElse(null);
            if (leg == null) {
                leg = new LegRecord(kind, record);
                all.add(leg);
            } else {
                leg.add(kind, record);
            }
            for (String key : LegRecord.keys(record)) {
                byKey.putIfAbsent(key, leg);
            }
            LegRecord found = leg;
            LegRecord.session(record).ifPresent(session -> bySession.putIfAbsent(session, found));
        }

        private Optional<LegRecord> known(Fields record) {
            return LegRecord.keys(record).stream()
                    .filter(byKey::containsKey)
                    .map(byKey::get)
                    .findFirst();
        }

        /** What is charged for a leg and is none itself. */
        void charge(String kind, Collection<Fields> charges) {
            int lost = 0;
            for (Fields charge : charges) {
                Optional<LegRecord> leg =
                        known(charge).or(() -> LegRecord.session(charge).map(bySession::get));
                leg.ifPresent(found -> found.add(kind, charge));
                lost += leg.isPresent() ? 0 : 1;
            }
            if (lost > 0) {
                LOG.info("{} charges of kind {} belong to legs that are not in these records", lost, kind);
            }
        }

        Collection<LegRecord> all() {
            return List.copyOf(all);
        }
    }
}
