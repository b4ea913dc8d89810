package io.careflow.pstn.routing;

import io.careflow.pstn.call.Destination;
import java.util.List;
import java.util.Objects;

/**
 * Who of ours is behind a destination, as the directory knows.
 *
 * @param who for people: the number or the user
 * @param endpoints where to ring; empty for a number of ours that rings nobody by itself, such as a main number
 */
public record OnNet(String who, List<Destination> endpoints) {
    public OnNet {
        Objects.requireNonNull(who, "who");
        endpoints = List.copyOf(endpoints);
    }
}
