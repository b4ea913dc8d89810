package io.careflow.pstn.twilio;

import io.careflow.pstn.Capability;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.number.NumberInventory;
import java.util.HashMap;
import java.util.Map;

/** What Twilio can do: one line for each capability. */
final class TwilioParts {
    private final Map<Class<? extends Capability>, Capability> parts = new HashMap<>();

    TwilioParts(TwilioClient client) {
        add(Account.class, new TwilioAccount(client));
        add(NumberInventory.class, new TwilioNumbers(client));
    }

    private <T extends Capability> void add(Class<T> capability, T part) {
        parts.put(capability, part);
    }

    Map<Class<? extends Capability>, Capability> all() {
        return Map.copyOf(parts);
    }
}
