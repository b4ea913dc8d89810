package io.careflow.pstn.voipms;

import io.careflow.pstn.account.Account;
import io.careflow.pstn.money.Money;
import java.time.ZoneId;
import java.util.Currency;

/** The account's balance, prepaid in US dollars. Thread-safe. */
final class VoipMsAccount implements Account {
    /** The currency of everything that VoIP.ms charges. */
    static final Currency DOLLAR = Currency.getInstance("USD");

    /** The zone of every hour that VoIP.ms writes without one. */
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final VoipMsClient client;

    VoipMsAccount(VoipMsClient client) {
        this.client = client;
    }

    @Override
    public Money balance() {
        return client.read(VoipMsCall.of("account.balance", "getBalance"))
                .requireObject("balance")
                .requireMoney("current_balance", DOLLAR);
    }
}
