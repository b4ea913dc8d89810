package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A claim, with all that can be worked out of it before anything is locked.
 *
 * @param holder in stored form
 * @param counters those of its bounds, in their order
 * @param scopes where these counters lie
 */
record GuardAsk(GuardClaim claim, String holder, List<GuardCounter> counters, Set<String> scopes) {

    static GuardAsk of(GuardClaim claim) {
        List<GuardCounter> counters = new ArrayList<>(claim.bounds().size());
        Set<String> scopes = new HashSet<>();
        for (GuardBound bound : claim.bounds()) {
            GuardCounter counter = GuardCounter.of(bound);
            counters.add(counter);
            scopes.add(counter.scope());
        }
        return new GuardAsk(claim, StoredForm.clean(claim.holder()), counters, scopes);
    }
}
