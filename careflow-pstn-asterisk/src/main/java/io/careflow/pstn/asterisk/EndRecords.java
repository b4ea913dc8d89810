package io.careflow.pstn.asterisk;

import java.util.Optional;

/** The ends of calls as the dialplan wrote them down in global variables, one for each slot. Thread-safe. */
final class EndRecords {
    private final AriRest rest;
    private final String app;

    EndRecords(AriRest rest, String app) {
        this.rest = rest;
        this.app = app;
    }

    /** What stands in a slot: the end of the last call that had it. */
    Optional<String> read(int slot) {
        return rest.globalVariable(name(slot));
    }

    /** The end of this call, if it was written down. */
    Optional<EndRecord> of(int slot, String channelId) {
        return read(slot)
                .flatMap(EndRecord::parse)
                .filter(end -> end.channelId().equals(channelId));
    }

    void clear(int slot) {
        rest.setGlobalVariable(name(slot), "");
    }

    private String name(int slot) {
        return "CAREFLOW_END_" + app + "_" + slot;
    }
}
