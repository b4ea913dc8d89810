package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.http.Fields;
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
 * all legs of one conversation. Records come minutes after calls. A pull holds those of its span in memory, and takes as long as
 * 40 requests in a minute allow. Thread-safe.
 */
final class TelnyxCdrs implements ProviderCdrs {
    private static final Logger LOG = LoggerFactory.getLogger(TelnyxCdrs.class);
    private static final String TRUNKING = "sip-trunking";
    private static final String CONTROL = "call-control";
    private static final String RECORDING = "recording";

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
        Map<String, String> span = Map.of("started_at.gte", from.toString(), "started_at.lt", to.toString());
        Legs legs = new Legs();
        legs.addAll(TRUNKING, within(records.all(operation, TRUNKING, span), from, to));
        legs.addAll(CONTROL, within(records.all(operation, CONTROL, span), from, to));
        legs.charge(RECORDING, within(records.all(operation, RECORDING, span), from, to));
        Collection<LegRecord> all = legs.all();
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

    private static List<Fields> within(Collection<Fields> all, Instant from, Instant to) {
        return all.stream()
                .filter(record -> LegRecord.started(record)
                        .filter(started -> !started.isBefore(from) && started.isBefore(to))
                        .isPresent())
                .toList();
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
                LOG.warn("{} charges of kind {} belong to no leg of the span and are in no record", lost, kind);
            }
        }

        Collection<LegRecord> all() {
            return List.copyOf(all);
        }
    }
}
