package io.careflow.house.planted.one;

import io.careflow.house.planted.other.There;

/** Half of a cycle of packages. */
public final class Here {
    There there() {
        return new There();
    }
}
