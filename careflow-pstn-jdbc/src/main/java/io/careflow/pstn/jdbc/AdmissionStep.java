package io.careflow.pstn.jdbc;

import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    private final Map<String, Object[]> rooms = new HashMap<>();
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
        String[] texts = new String[scopes.size()];
        Long[] forget = new Long[scopes.size()];
        int i = 0;
        StringBuilder text = new StringBuilder(1000);
        for (GuardScope scope : scopes.values()) {
            text.setLength(0);
            forget[i] = scope.write(text, room.moment());
            texts[i++] = text.toString();
        }
        rooms.put("s_scopes", scopes.keySet().toArray(new String[0]));
        rooms.put("s_counters", texts);
        rooms.put("s_forget", forget);
        List<GuardHolder> fresh = new ArrayList<>();
        List<GuardHolder> known = new ArrayList<>();
        for (GuardHolder holder : room.changedHolders().values()) {
            (room.isKnown(holder) ? known : fresh).add(holder);
        }
        rooms.put("n_holders", Sql.all(fresh, GuardHolder::holder, String[]::new));
        rooms.put("n_taken", Sql.all(fresh, GuardHolder::takenAt, Long[]::new));
        rooms.put("n_ends", Sql.all(fresh, GuardHolder::endsAt, Long[]::new));
        rooms.put("n_forget", Sql.all(fresh, GuardHolder::forgetAt, Long[]::new));
        rooms.put("n_added", Sql.all(fresh, GuardHolder::write, String[]::new));
        rooms.put("u_holders", Sql.all(known, GuardHolder::holder, String[]::new));
        rooms.put("u_versions", Sql.all(known, GuardHolder::version, Integer[]::new));
        rooms.put("u_taken", Sql.all(known, GuardHolder::takenAt, Long[]::new));
        rooms.put("u_ends", Sql.all(known, GuardHolder::endsAt, Long[]::new));
        rooms.put("u_forget", Sql.all(known, GuardHolder::forgetAt, Long[]::new));
        rooms.put("u_added", Sql.all(known, GuardHolder::write, String[]::new));
    }

    Query bind(Query sql) {
        rooms.forEach((name, values) -> sql.bind(name, values));
        List<Account> of = List.copyOf(accounts.values());
        return sql.bind("a_numbers", accounts.keySet().toArray(new Long[0]))
                .bind("a_currencies", Sql.all(of, one -> one.currency, String[]::new))
                .bind("a_held", Sql.all(of, one -> one.held, BigDecimal[]::new))
                .bind("a_booked", Sql.all(of, one -> one.booked, BigDecimal[]::new))
                .bind("a_need", Sql.all(of, one -> one.need, BigDecimal[]::new))
                .bind("h_ids", Sql.all(holds, one -> one.hold().id().value(), String[]::new))
                .bind("h_accounts", Sql.all(holds, Holding::account, Long[]::new))
                .bind("h_amounts", Sql.all(holds, one -> one.hold().amount().amount(), BigDecimal[]::new))
                .bind("h_leases", Sql.all(holds, one -> one.hold().lease().toMillis(), Long[]::new))
                .bind(
                        "h_purposes",
                        Sql.all(holds, one -> StoredForm.clean(one.hold().purpose()), String[]::new))
                .bind("e_ids", Sql.all(ends, one -> one.end().hold().value(), String[]::new))
                .bind("e_accounts", Sql.all(ends, Ending::account, Long[]::new))
                .bind("e_amounts", Sql.all(ends, Ending::held, BigDecimal[]::new))
                .bind("e_costs", Sql.all(ends, one -> one.end().amount(), BigDecimal[]::new))
                .bind(
                        "e_explanations",
                        Sql.all(ends, one -> StoredForm.clean(one.end().explanation()), String[]::new));
    }

    boolean isEmpty() {
        return accounts.isEmpty() && isEmpty("s_scopes") && isEmpty("n_holders") && isEmpty("u_holders");
    }

    private boolean isEmpty(String name) {
        return Objects.requireNonNull(rooms.get(name)).length == 0;
    }
}
