package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import java.util.Optional;

/** Finds Telnyx's record of a number of ours; commands name its id and not the number. Thread-safe. */
final class NumberLookUp {
    private final TelnyxClient client;

    NumberLookUp(TelnyxClient client) {
        this.client = client;
    }

    /** The record. Telnyx wants digits only, and finds whatever contains them. */
    Optional<Fields> find(String operation, PhoneNumber number) {
        String digits = number.e164().substring(1);
        return client
                .all(HttpCall.of(operation, "GET", "phone_numbers").query("filter[phone_number]", digits), 250)
                .stream()
                .filter(found -> found.text("phone_number").orElse("").equals(number.e164()))
                .findFirst();
    }
}
