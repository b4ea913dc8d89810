package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.MemoryFlowStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A flow store of whose operations some fail, before anything was done. */
final class FlakyStore implements FlowStore {
    private final FlowStore store = new MemoryFlowStore();
    private final int oneIn;
    private final SplittableRandom random;

    /**
     * An empty store.
     *
     * @param oneIn how many operations there are for one that fails; zero for none
     */
    FlakyStore(int oneIn, long seed) {
        this.oneIn = oneIn;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Optional<Kept> find(ProviderId provider, String key) {
        failSometimes();
        return store.find(provider, key);
    }

    @Override
    public boolean save(ProviderId provider, String key, long version, String text, @Nullable Instant wakeAt) {
        failSometimes();
        return store.save(provider, key, version, text, wakeAt);
    }

    @Override
    public void forget(ProviderId provider, String key) {
        store.forget(provider, key);
    }

    @Override
    public List<String> due(ProviderId provider, Instant now, int most) {
        failSometimes();
        return store.due(provider, now, most);
    }

    private void failSometimes() {
        if (oneIn > 0 && random.nextInt(oneIn) == 0) {
            throw new Down();
        }
    }

    /** What a database that is down looks like. */
    static final class Down extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Down() {
            super("the database is down");
        }
    }
}
