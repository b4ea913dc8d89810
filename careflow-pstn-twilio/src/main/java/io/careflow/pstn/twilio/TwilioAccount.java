package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.Balance;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;

/** The account's balance, as Twilio has it at this moment. Thread-safe. */
final class TwilioAccount implements Account {
    private final TwilioClient client;

    TwilioAccount(TwilioClient client) {
        this.client = client;
    }

    @Override
    public Money balance() {
        Fields balance =
                client.json("account.balance", rest -> Balance.fetcher().fetch(rest));
        return balance.requireMoney("balance", "currency");
    }
}
