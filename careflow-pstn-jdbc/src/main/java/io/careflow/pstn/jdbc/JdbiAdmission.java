package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.LedgerAmounts;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Counters and money in one statement, one round trip and one commit, of all callers of this node that come at the same time together:
 * who is alone waits for nobody. If a group fails because the database cannot be asked, each of its callers is told so. Works on what
 * {@link JdbiGuardStore} and {@link JdbiCredit} keep; their methods and these may be mixed. Thread-safe.
 */
public final class JdbiAdmission implements Admission {
    private static final int LANES = 2;
    private static final int MOST = 64;

    private final Database database;
    private final Grouping<AdmissionRequest, Admitted> beginnings;
    private final Grouping<Ending, Ended> endings;

    JdbiAdmission(Database database) {
        this.database = database;
        this.beginnings = new Grouping<>(LANES, MOST, this::begin);
        this.endings = new Grouping<>(LANES, MOST, this::end);
    }

    @Override
    public Admitted admit(AdmissionRequest request) {
        LedgerAmounts.require(request.hold().amount());
        return beginnings.ask(request);
    }

    @Override
    public Settlement complete(AdmissionResult result) {
        LedgerAmounts.requireCost(result.cost());
        Ended ended = endings.ask(
                new Ending(result.holder(), result.hold(), result.cost(), result.explanation(), result.spendKey()));
        return CreditRows.settlement(ended.outcome(), ended.taken(), result.hold(), result.cost());
    }

    @Override
    public void cancel(String holder, CommandId hold, String because) {
        Ended unused = endings.ask(new Ending(holder, hold, null, because, null));
    }

    private List<Admitted> begin(List<AdmissionRequest> group) {
        AdmissionBatch batch = new AdmissionBatch(group);
        return Optional.of(batch)
                .filter(AdmissionBatch::isPlain)
                .flatMap(plain -> beginAll(plain, group))
                .orElseGet(() -> beginEach(group));
    }

    private Optional<List<Admitted>> beginAll(AdmissionBatch batch, List<AdmissionRequest> group) {
        return database.quick("admission.admit", handle -> {
            try (Query sql =
                    handle.createQuery("SELECT * FROM pstn_guard_take_all(:kinds, :keys, :windows, :added, :most,"
                            + " :members, :holders, :ttls, :h_holders, :h_keys, :h_windows, :h_weights, :l_keys, :l_holders, :l_ttls,"
                            + " :ids, :tenants, :accounts, :currencies, :amounts, :leases, :purposes)")) {
                bindHolds(
                        batch.bind(sql),
                        group.stream().map(AdmissionRequest::hold).toList());
                return sql.map((row, context) -> batch.admitted(row)).findOne();
            }
        });
    }

    private List<Admitted> beginEach(List<AdmissionRequest> group) {
        GuardArrays arrays = new GuardArrays();
        group.forEach(request -> arrays.add(request.claim()));
        return database.quick("admission.admit", handle -> {
            try (Query sql =
                    handle.createQuery("SELECT * FROM pstn_guard_take(:peek, :kinds, :keys, :windows, :holders,"
                            + " :ttls, :first, :counter, :weight, :most, :member, :ids, :tenants, :accounts, :currencies, :amounts,"
                            + " :leases, :purposes) ORDER BY o_item")) {
                bindHolds(
                        arrays.bind(sql, false),
                        group.stream().map(AdmissionRequest::hold).toList());
                return sql.map((row, context) -> {
                            AdmissionRequest request = group.get(row.getInt("o_item") - 1);
                            GuardAnswer guard = GuardArrays.answer(row, request.claim());
                            Hold hold = request.hold();
                            HoldAnswer credit = row.getString("o_outcome") == null
                                    ? null
                                    : CreditRows.answer(row, hold.id(), hold.account(), hold.amount());
                            return new Admitted(guard, credit);
                        })
                        .list();
            }
        });
    }

    private static void bindHolds(Query sql, List<Hold> holds) {
        sql.bind("ids", Sql.all(holds, hold -> hold.id().value(), String[]::new))
                .bind("tenants", Sql.all(holds, hold -> hold.account().tenant().value(), String[]::new))
                .bind(
                        "accounts",
                        Sql.all(holds, hold -> StoredForm.clean(hold.account().id()), String[]::new))
                .bind(
                        "currencies",
                        Sql.all(holds, hold -> hold.amount().currency().getCurrencyCode(), String[]::new))
                .bind("amounts", Sql.all(holds, hold -> hold.amount().amount(), BigDecimal[]::new))
                .bind("leases", Sql.all(holds, hold -> hold.lease().toMillis(), Long[]::new))
                .bind("purposes", Sql.all(holds, hold -> StoredForm.clean(hold.purpose()), String[]::new));
    }

    private List<Ended> end(List<Ending> group) {
        HashSet<String> holders = new HashSet<>();
        if (group.stream().allMatch(one -> one.cost() != null && holders.add(one.holder()))) {
            Map<String, BigDecimal> taken = endAll(group);
            if (!taken.isEmpty()) {
                return group.stream()
                        .map(one -> new Ended("SETTLED", taken.get(one.hold().value())))
                        .toList();
            }
        }
        return endEach(group);
    }

    private Map<String, BigDecimal> endAll(List<Ending> group) {
        return database.quick("admission.end", handle -> {
            try (Query sql = handle.createQuery("SELECT * FROM pstn_guard_finish_all(:holders, :keys, :weights, :ids,"
                    + " :currencies, :costs, :explanations)")) {
                return bind(sql, group)
                        .map((row, context) -> Map.entry(row.getString("o_id"), row.getBigDecimal("o_taken")))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            }
        });
    }

    private List<Ended> endEach(List<Ending> group) {
        return database.quick("admission.end", handle -> {
            try (Query sql = handle.createQuery("SELECT * FROM pstn_guard_finish(:holders, :keys, :weights, :ids,"
                    + " :currencies, :costs, :explanations) ORDER BY o_item")) {
                return bind(sql, group)
                        .map((row, context) -> new Ended(row.getString("o_outcome"), row.getBigDecimal("o_taken")))
                        .list();
            }
        });
    }

    private static Query bind(Query sql, List<Ending> group) {
        return sql.bind("holders", Sql.all(group, one -> StoredForm.clean(one.holder()), String[]::new))
                .bind("keys", Sql.all(group, Ending::key, String[]::new))
                .bind("weights", Sql.all(group, Ending::amount, BigDecimal[]::new))
                .bind("ids", Sql.all(group, one -> one.hold().value(), String[]::new))
                .bind("currencies", Sql.all(group, Ending::currency, String[]::new))
                .bind("costs", Sql.all(group, Ending::amount, BigDecimal[]::new))
                .bind("explanations", Sql.all(group, one -> StoredForm.clean(one.explanation()), String[]::new));
    }

    private record Ending(
            String holder,
            CommandId hold,
            @Nullable Money cost,
            String explanation,
            @Nullable String spendKey) {
        @Nullable
        BigDecimal amount() {
            return cost == null ? null : cost.amount();
        }

        @Nullable
        String currency() {
            return cost == null ? null : cost.currency().getCurrencyCode();
        }

        @Nullable
        String key() {
            return spendKey == null ? null : StoredForm.clean(spendKey);
        }
    }

    private record Ended(String outcome, @Nullable BigDecimal taken) {}
}
