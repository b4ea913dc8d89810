package io.careflow.pstn.telnyx;

import io.careflow.pstn.account.Account;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.money.Money;

/** The account's balance. Thread-safe. */
final class TelnyxAccount implements Account {
    private final TelnyxClient client;

    TelnyxAccount(TelnyxClient client) {
        this.client = client;
    }

    /** What can be spent: the balance and the credit that Telnyx gives. */
    @Override
    public Money balance() {
        return client.data(HttpCall.of("account.balance", "GET", "balance"))
                .requireMoney("available_credit", "currency");
    }
}
