package io.careflow.pstn;

import java.util.Set;

/**
 * Something a provider can do, such as {@code CallControl}. A capability is an interface of its own, so that what a
 * provider cannot do is simply absent: {@link PstnProvider#find} is empty, known before any I/O.
 */
public interface Capability {

    /** The vendor-specific options that this capability honours; any other option is refused. Never null. */
    default Set<Option<?>> options() {
        return Set.of();
    }
}
