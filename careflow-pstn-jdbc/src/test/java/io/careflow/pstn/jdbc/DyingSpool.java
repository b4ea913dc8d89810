package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A process that spools records over a dead store until it is killed; says of each that it is kept. */
final class DyingSpool {
    private DyingSpool() {}

    public static void main(String[] args) {
        SpoolingCdrStore spool = SpoolingCdrStore.open(new Dead(), Path.of(args[0]));
        for (int i = 0; i < 100_000; i++) {
            if (spool.append(Cdrs.full("k" + i)) == Appended.STORED) {
                System.out.println("kept k" + i);
                System.out.flush();
            }
        }
    }

    private static final class Dead implements CdrStore {
        @Override
        public Appended append(Cdr cdr) {
            throw new StoreUnavailable("cdr.append", "dead", null, null);
        }

        @Override
        public Optional<Cdr> find(CallRef call) {
            return Optional.empty();
        }

        @Override
        public void each(CdrQuery query, Consumer<Cdr> consumer) {}
    }
}
