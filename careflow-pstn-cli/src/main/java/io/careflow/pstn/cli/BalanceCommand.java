package io.careflow.pstn.cli;

import io.careflow.pstn.account.Account;
import io.careflow.pstn.money.Money;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pstn balance}. */
@Command(name = "balance", description = "What is left to spend; negative if more was spent than paid.")
final class BalanceCommand implements Callable<Integer> {
    private final Session session;

    BalanceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.read(Account.class, (provider, account) -> {
            Money balance = account.balance();
            session.screen().said(balance, balance.toString());
        });
    }
}
