package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.guard.GuardAnswer.Reading;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JdbiAdmissionIT {
    private static final Duration TTL = Duration.ofMinutes(2);
    private final PstnDatabase database = TestPostgres.shared();
    private final String key = "test/" + UUID.randomUUID();
    private final CreditAccount account = new CreditAccount(TenantId.DEFAULT, key);

    @BeforeEach
    void openAccount() {
        database.credit().open(account, CreditTerms.prepaid(usd("0").currency()));
        database.credit().pay(new CommandId(key), account, usd("10"), "card");
    }

    private Admission admission(String kind) {
        return kind.equals("one step") ? database.admission() : Admission.of(database.guards(), database.credit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"one step", "two steps"})
    @DisplayName(
            "a call is counted and its price held; at its end the cost is settled and counted, and its lease is free")
    void journey(String kind) {
        Admission admission = admission(kind);
        Admitted first = admission.admit(request("one", "4", 5));
        assertThat(first.admitted()).isTrue();
        assertThat(values(first)).containsExactly("0", "0", "0");
        assertThat(admission.admit(request("one", "4", 5)).admitted()).isTrue();
        Admitted second = admission.admit(request("two", "3", 5));
        assertThat(values(second)).containsExactly("4", "1", "1");
        assertThat(admission.complete(result("one", "1.5")).booked()).isEqualTo(usd("1.5"));
        assertThat(admission.complete(result("one", "1.5")).repeated()).isTrue();
        assertThatThrownBy(() -> admission.complete(result("one", "1.6"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> admission.complete(result("none", "1"))).isInstanceOf(IllegalStateException.class);
        admission.cancel(key + "/two", new CommandId(key + "/two"), List.of(key + "/spend"), "busy");
        assertThat(values(admission.admit(request("three", "1", 5)))).containsExactly("1.5", "1", "0");
        assertThat(balance()).isEqualTo(new Balance(usd("8.5"), usd("1"), usd("0")));
        assertThat(database.credit().audit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one step", "two steps"})
    @DisplayName("what the counters deny holds no money; where there is not enough of it, no lease is taken")
    void denied(String kind) {
        Admission admission = admission(kind);
        assertThat(admission.admit(request("poor", "11", 1)).credit())
                .isEqualTo(new HoldAnswer.NotEnough(usd("10"), usd("11")));
        assertThat(admission.admit(request("one", "4", 1)).admitted()).isTrue();
        Admitted second = admission.admit(request("two", "4", 1));
        assertThat(second.admitted()).isFalse();
        assertThat(second.credit()).isNull();
        assertThat(balance().held()).isEqualTo(usd("4"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    @DisplayName("of many at once as many are admitted as fit, by money or by counters, and each finds another value")
    void together(int limit) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(24);
        try {
            CyclicBarrier start = new CyclicBarrier(24);
            List<Future<Admitted>> running = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String call = "call" + i;
                running.add(pool.submit(() -> {
                    start.await();
                    return database.admission().admit(request(call, "1", limit));
                }));
            }
            List<Admitted> answers = new ArrayList<>();
            for (Future<Admitted> one : running) {
                answers.add(one.get());
            }
            int most = Math.min(limit, 10);
            assertThat(answers).filteredOn(Admitted::admitted).hasSize(most);
            assertThat(answers.stream()
                            .filter(Admitted::admitted)
                            .map(answer -> values(answer).get(2)))
                    .doesNotHaveDuplicates();
            assertThat(balance()).isEqualTo(new Balance(usd("10"), usd(Integer.toString(most)), usd("0")));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName(
            "in a group of many, those who are special are answered for themselves and the others as if they were not there")
    void mixed() throws Exception {
        Admission admission = database.admission();
        for (int i = 0; i < 8; i++) {
            assertThat(admission.admit(request("old" + i, "0.5", 99)).admitted())
                    .isTrue();
        }
        List<Callable<String>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String mark = Integer.toString(i);
            work.add(() ->
                    "new " + admission.admit(request("new" + mark, "0.5", 99)).admitted());
            work.add(() ->
                    "again " + admission.admit(request("new" + mark, "0.5", 99)).admitted());
            work.add(() ->
                    "poor " + admission.admit(request("poor" + mark, "50", 99)).admitted());
            work.add(() -> "over limit "
                    + admission.admit(request("late" + mark, "0.5", 1)).admitted());
            work.add(() -> "long " + refused(() -> admission.admit(longKey("long" + mark))));
            if (i % 2 == 0) {
                work.add(() -> "ended "
                        + admission.complete(result("old" + mark, "0.25")).booked());
            } else {
                work.add(() -> "cancelled " + cancelled(admission, "old" + mark));
            }
            work.add(() -> "nobody " + refused(() -> admission.complete(result("nobody" + mark, "0.25"))));
        }
        Collections.shuffle(work, new Random(7));
        List<String> answers = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<String> one : pool.invokeAll(work)) {
                answers.add(one.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(answers.stream().collect(Collectors.groupingBy(one -> one, Collectors.counting())))
                .isEqualTo(Map.of(
                        "new true",
                        8L,
                        "again true",
                        8L,
                        "poor false",
                        8L,
                        "over limit false",
                        8L,
                        "long true",
                        8L,
                        "ended " + usd("0.25"),
                        4L,
                        "cancelled true",
                        4L,
                        "nobody true",
                        8L));
        assertThat(balance()).isEqualTo(new Balance(usd("9"), usd("4"), usd("0")));
        assertThat(values(admission.admit(request("last", "0.5", 99)))).endsWith("1", "8");
        assertThat(database.credit().audit()).isEmpty();
    }

    @Test
    @DisplayName(
            "the same calls that two nodes begin at the same time, and end at the same time, are counted and settled once")
    void sameOnTwoNodes() throws Exception {
        List<Admission> nodes =
                List.of(database.admission(), TestPostgres.shared().admission());
        List<Callable<Boolean>> begin = new ArrayList<>();
        List<Callable<Boolean>> end = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String call = "same" + i;
            for (Admission node : nodes) {
                begin.add(() -> node.admit(request(call, "1", 99)).admitted());
                end.add(() -> node.complete(result(call, "0.25")).repeated());
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(begin.size());
        try {
            for (Future<Boolean> one : pool.invokeAll(begin)) {
                assertThat(one.get()).isTrue();
            }
            assertThat(balance()).isEqualTo(new Balance(usd("10"), usd("10"), usd("0")));
            int repeated = 0;
            for (Future<Boolean> one : pool.invokeAll(end)) {
                repeated += one.get() ? 1 : 0;
            }
            assertThat(repeated).isEqualTo(10);
        } finally {
            pool.shutdownNow();
        }
        assertThat(balance()).isEqualTo(new Balance(usd("7.5"), usd("0"), usd("0")));
        assertThat(values(database.admission().admit(request("last", "0.5", 99))))
                .containsExactly("2.5", "1", "0");
        assertThat(database.credit().audit()).isEmpty();
    }

    private boolean cancelled(Admission admission, String call) {
        admission.cancel(key + "/" + call, new CommandId(key + "/" + call), List.of(), "busy");
        return true;
    }

    private static boolean refused(Callable<?> work) throws Exception {
        try {
            return work.call() == null;
        } catch (StoreRefused | IllegalStateException e) {
            return true;
        }
    }

    private AdmissionRequest longKey(String call) {
        AdmissionRequest plain = request(call, "0.5", 99);
        GuardClaim claim = new GuardClaim(
                plain.claim().holder(), List.of(new GuardBound.AtOnce("calls", "k".repeat(201), 1)), TTL);
        return new AdmissionRequest(claim, plain.hold());
    }

    private AdmissionRequest request(String call, String price, int atOnce) {
        GuardClaim claim = new GuardClaim(
                key + "/" + call,
                List.of(
                        new GuardBound.Within(
                                "spend",
                                key + "/spend",
                                Duration.ofHours(1),
                                new BigDecimal(price),
                                new BigDecimal(99)),
                        new GuardBound.Distinct("countries", key + "/countries", Duration.ofHours(1), "GB", 1),
                        new GuardBound.AtOnce("calls", key + "/calls", atOnce)),
                TTL);
        return new AdmissionRequest(claim, new Hold(new CommandId(key + "/" + call), account, usd(price), TTL, "call"));
    }

    private AdmissionResult result(String call, String cost) {
        String holder = key + "/" + call;
        return new AdmissionResult(holder, new CommandId(holder), usd(cost), "call", List.of(key + "/spend"));
    }

    private Balance balance() {
        return database.credit().balance(account).orElseThrow();
    }

    private static List<String> values(Admitted admitted) {
        return admitted.guard().readings().stream()
                .map(Reading::before)
                .map(BigDecimal::toPlainString)
                .toList();
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
