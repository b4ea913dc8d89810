package io.careflow.pstn.voipms;

import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.util.Optional;

/** Amounts as VoIP.ms writes them: US dollars, in some lists with a comma behind. */
final class Prices {
    private Prices() {}

    /** The amount of a field; empty if it is not told. */
    static Optional<Money> amount(Fields row, String name) {
        return row.read(name, "an amount", text -> new BigDecimal(text.replaceFirst("[,\\s]+$", "")))
                .map(amount -> new Money(amount, VoipMsAccount.DOLLAR));
    }
}
