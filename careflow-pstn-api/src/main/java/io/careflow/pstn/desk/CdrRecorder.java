package io.careflow.pstn.desk;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.CallProgress;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.event.CallEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns the events of calls into records: collects them, and at the end of a call prices and stores its record, once.
 * Thread-safe; the events of one call come one after another.
 */
public final class CdrRecorder {
    private static final int REMEMBERED = 10_000;

    private final CdrStore store;
    private final CdrPricing pricing;
    private final Listener listener;
    private final Map<CallRef, CallProgress> open = new ConcurrentHashMap<>();
    private final Set<CallRef> closed =
            Collections.synchronizedSet(Collections.newSetFromMap(new Recent<>(REMEMBERED)));

    /** A recorder into this store. */
    public CdrRecorder(CdrStore store, CdrPricing pricing, Listener listener) {
        this.store = store;
        this.pricing = pricing;
        this.listener = listener;
    }

    /** Takes an event in. Events of a call that is recorded already are ignored. */
    public void accept(CallEvent event) {
        CallRef call = event.call();
        if (closed.contains(call)) {
            return;
        }
        CallProgress progress = open.computeIfAbsent(call, CallProgress::new);
        progress.accept(event);
        if (progress.isComplete()) {
            open.remove(call);
            closed.add(call);
            record(progress.toCdr());
        }
    }

    /** How many calls are in progress. */
    public int openCalls() {
        return open.size();
    }

    private void record(Cdr unrated) {
        Cdr cdr = unrated.costing(price(unrated));
        try {
            listener.recorded(cdr, store.append(cdr));
        } catch (RuntimeException e) {
            listener.failed(cdr, e);
        }
    }

    /** A price can be found later; a record that is not kept is lost. */
    private CdrCost price(Cdr unrated) {
        try {
            return pricing.price(unrated);
        } catch (RuntimeException e) {
            return new CdrCost(null, null, "pricing failed: " + e.getClass().getSimpleName());
        }
    }

    /** Hears of every record. Called on the thread of the call's last event; must not throw. */
    public interface Listener {
        /** A record was handed to the store. */
        void recorded(Cdr cdr, Appended result);

        /** A record could not be stored: the last chance to keep it somewhere. */
        void failed(Cdr cdr, RuntimeException failure);
    }

    private static final class Recent<K> extends LinkedHashMap<K, Boolean> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
            return size() > most;
        }
    }
}
