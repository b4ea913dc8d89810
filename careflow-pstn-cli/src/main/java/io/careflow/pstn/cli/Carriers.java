package io.careflow.pstn.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The carriers that the command knows: a new adapter is one more line in {@link #all}. */
final class Carriers {
    private final Map<String, Carrier> byName;

    Carriers(List<Carrier> carriers) {
        byName = new LinkedHashMap<>();
        carriers.forEach(carrier -> byName.put(carrier.name(), carrier));
    }

    static Carriers all() {
        return new Carriers(
                List.of(new TwilioCarrier(), new TelnyxCarrier(), new VoipMsCarrier(), new SipTrunkCarrier()));
    }

    Set<String> names() {
        return byName.keySet();
    }

    /**
     * The carrier of this name.
     *
     * @throws BadUsage naming those that there are
     */
    Carrier named(String name) {
        Carrier found = byName.get(name);
        if (found == null) {
            throw new BadUsage("no provider '" + name + "'; allowed are " + names());
        }
        return found;
    }
}
