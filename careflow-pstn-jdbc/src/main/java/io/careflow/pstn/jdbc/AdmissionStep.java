package io.careflow.pstn.jdbc;

import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What a group changes, as the arrays that the function {@code pstn_guard_step} takes. Used by one thread. */
final class AdmissionStep {
    static final String CALL = "SELECT pstn_guard_step(:s_scopes, :s_counters, :s_forget,"
            + " :n_holders, :n_taken, :n_ends, :n_forget, :n_added,"
            + " :u_holders, :u_versions, :u_taken, :u_ends, :u_forget, :u_added,"
            + " :a_numbers, :a_currencies, :a_held, :a_booked, :a_need,"
            + " :h_ids, :h_accounts, :h_amounts, :h_leases, :h_purposes,"
            + " :e_ids, :e_accounts, :e_amounts, :e_costs, :e_explanations) AS moment";

    private final Map<Long, Account> accounts = new TreeMap<>();
    private final List<Holding> holds = new ArrayList<>();
    private final List<Ending> ends = new ArrayList<>();
    private final Map<String, Argument> rooms = new HashMap<>();
    private boolean nothingCounted = true;
    private boolean mixed;

    private record Holding(long account, Hold hold) {}

    private record Ending(long account, AdmissionTask.End end, BigDecimal held) {}

    private static final class Account {
        private @Nullable String currency;
        private BigDecimal held = BigDecimal.ZERO;
        private BigDecimal booked = BigDecimal.ZERO;
        private @Nullable BigDecimal need;
    }

    /** Sets money aside. */
    void hold(long number, Hold hold) {
        Account account = account(number, hold.amount());
        BigDecimal amount = hold.amount().amount();
        account.held = account.held.add(amount);
        account.need = account.need == null ? amount : account.need.add(amount);
        holds.add(new Holding(number, hold));
    }

    /** Settles or releases what was set aside. Returns what is taken; null if nothing is booked. */
    @Nullable
    BigDecimal end(long number, AdmissionTask.End end, BigDecimal held) {
        Account account = account(number, end.cost());
        account.held = account.held.subtract(held);
        ends.add(new Ending(number, end, held));
        @Nullable BigDecimal cost = end.amount();
        if (cost == null) {
            return null;
        }
        BigDecimal taken = cost.min(held);
        account.booked = account.booked.subtract(taken);
        return taken;
    }

    private Account account(long number, @Nullable Money money) {
        Account account = accounts.computeIfAbsent(number, key -> new Account());
        if (money != null) {
            String currency = money.currency().getCurrencyCode();
            mixed |= account.currency != null && !account.currency.equals(currency);
            account.currency = currency;
        }
        return account;
    }

    /** Whether an account is in it in two currencies, which cannot be. */
    boolean isMixed() {
        return mixed;
    }

    void counters(GuardRoom room) {
        Map<String, GuardScope> scopes = room.changedScopes();
        List<String> texts = new ArrayList<>(scopes.size());
        List<Long> forget = new ArrayList<>(scopes.size());
        StringBuilder text = new StringBuilder(1000);
        for (GuardScope scope : scopes.values()) {
            text.setLength(0);
            forget.add(scope.write(text, room.moment()));
            texts.add(text.toString());
        }
        rooms.put("s_scopes", Sql.texts(scopes.keySet()));
        rooms.put("s_counters", Sql.texts(texts));
        rooms.put("s_forget", Sql.longs(forget, at -> at));
        List<GuardHolder> fresh = new ArrayList<>();
        List<GuardHolder> known = new ArrayList<>();
        for (GuardHolder holder : room.changedHolders().values()) {
            (room.isKnown(holder) ? known : fresh).add(holder);
        }
        rooms.put("n_holders", Sql.texts(fresh, GuardHolder::holder));
        rooms.put("n_taken", Sql.longs(fresh, GuardHolder::takenAt));
        rooms.put("n_ends", Sql.longs(fresh, GuardHolder::endsAt));
        rooms.put("n_forget", Sql.longs(fresh, GuardHolder::forgetAt));
        rooms.put("n_added", Sql.texts(fresh, GuardHolder::write));
        rooms.put("u_holders", Sql.texts(known, GuardHolder::holder));
        rooms.put("u_versions", Sql.array("int4", Sql.all(known, GuardHolder::version, Integer[]::new)));
        rooms.put("u_taken", Sql.longs(known, GuardHolder::takenAt));
        rooms.put("u_ends", Sql.longs(known, GuardHolder::endsAt));
        rooms.put("u_forget", Sql.longs(known, GuardHolder::forgetAt));
        rooms.put("u_added", Sql.texts(known, GuardHolder::write));
        nothingCounted = scopes.isEmpty() && fresh.isEmpty() && known.isEmpty();
    }

    Query bind(Query sql) {
        rooms.forEach(sql::bind);
        List<Account> of = List.copyOf(accounts.values());
        return sql.bind("a_numbers", Sql.longs(List.copyOf(accounts.keySet()), number -> number))
                .bind("a_currencies", Sql.texts(of, one -> one.currency))
                .bind("a_held", Sql.all(of, one -> one.held, BigDecimal[]::new))
                .bind("a_booked", Sql.all(of, one -> one.booked, BigDecimal[]::new))
                .bind("a_need", Sql.all(of, one -> one.need, BigDecimal[]::new))
                .bind("h_ids", Sql.texts(holds, one -> one.hold().id().value()))
                .bind("h_accounts", Sql.longs(holds, Holding::account))
                .bind("h_amounts", Sql.all(holds, one -> one.hold().amount().amount(), BigDecimal[]::new))
                .bind("h_leases", Sql.longs(holds, one -> one.hold().lease().toMillis()))
                .bind(
                        "h_purposes",
                        Sql.texts(holds, one -> StoredForm.clean(one.hold().purpose())))
                .bind("e_ids", Sql.texts(ends, one -> one.end().hold().value()))
                .bind("e_accounts", Sql.longs(ends, Ending::account))
                .bind("e_amounts", Sql.all(ends, Ending::held, BigDecimal[]::new))
                .bind("e_costs", Sql.all(ends, one -> one.end().amount(), BigDecimal[]::new))
                .bind(
                        "e_explanations",
                        Sql.texts(ends, one -> StoredForm.clean(one.end().explanation())));
    }

    boolean isEmpty() {
        return accounts.isEmpty() && nothingCounted;
    }
}
