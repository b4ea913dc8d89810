package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The call records of an in-memory carrier: one for each leg, without a price until it is rated. */
final class MemoryCdrs implements ProviderCdrs {
    private final Switchboard board;
    private final MemoryLine line;
    private final Map<CallRef, Money> prices = new HashMap<>();

    MemoryCdrs(Switchboard board, MemoryLine line) {
        this.board = board;
        this.line = line;
    }

    @Override
    public long pull(Instant from, Instant to, Consumer<ProviderCdr> sink) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "span from " + from + " to " + to + " is empty; expected from before to");
        }
        List<ProviderCdr> found = line.read(
                Operation.CDR_PULL,
                () -> records().filter(cdr -> isWithin(cdr, from, to)).toList());
        found.forEach(sink);
        return found.size();
    }

    @Override
    public Optional<ProviderCdr> find(CallRef call) {
        return line.read(
                Operation.CDR_FIND,
                () -> records().filter(cdr -> cdr.call().equals(call)).findFirst());
    }

    void rate(CallRef call, Money price) {
        prices.put(call, price);
    }

    private Stream<ProviderCdr> records() {
        return board.calls().values().stream()
                .map(call -> new LegRecords(board.id(), call, prices))
                .flatMap(LegRecords::all);
    }

    private static boolean isWithin(ProviderCdr cdr, Instant from, Instant to) {
        Instant started = cdr.started();
        return started != null && !started.isBefore(from) && started.isBefore(to);
    }
}
