package io.careflow.house.planted.other;

import io.careflow.house.planted.one.Here;

/** The other half. */
public final class There {
    Here here() {
        return new Here();
    }
}
