package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.jdbc.AdmissionLookup.Known;
import io.careflow.pstn.jdbc.AdmissionTask.Begin;
import io.careflow.pstn.jdbc.AdmissionTask.Begun;
import io.careflow.pstn.jdbc.AdmissionTask.End;
import io.careflow.pstn.jdbc.AdmissionTask.Ended;
import io.careflow.pstn.jdbc.AdmissionTask.Failed;
import io.careflow.pstn.jdbc.AdmissionTask.Outcome;
import io.careflow.pstn.jdbc.GuardTables.Attempt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets the callers of one node that come at the same time begin and end their calls in one transaction: the counters are locked and
 * read, each caller is decided in its turn, and everything is written by one statement. Where something is not as it mostly is (a call
 * that was here before, an account that cannot pay), nothing of the group is done, and it is taken apart. Thread-safe.
 */
final class AdmissionDesk {
    /** A second group of this node would mostly wait for the first one's locks, and both would be smaller. */
    private static final int LANES = 1;

    private static final int MOST = 512;

    private final GuardTables tables;
    private final Grouping<AdmissionTask, Outcome> group;
    private final AdmissionLookup lookup = new AdmissionLookup();

    AdmissionDesk(Database database) {
        this.tables = new GuardTables(database);
        this.group = new Grouping<>(LANES, MOST, this::answer);
    }

    Admitted begin(Begin begin) {
        return ((Begun) ask(begin)).admitted();
    }

    Ended end(End end) {
        return (Ended) ask(end);
    }

    private Outcome ask(AdmissionTask task) {
        Outcome outcome = group.ask(task);
        if (outcome instanceof Failed failed) {
            throw failed.failure();
        }
        return outcome;
    }

    private List<Outcome> answer(List<AdmissionTask> tasks) {
        if (isPlain(tasks)) {
            try {
                Together done = tables.once(operation(tasks), attempt -> together(attempt, tasks));
                return done.odd().isEmpty() ? done.outcomes() : oddApart(tasks, done.odd());
            } catch (StoreException e) {
                if (!GuardTables.collided(e)) {
                    throw e;
                }
            }
        }
        return tasks.size() == 1 ? List.of(alone(tasks.get(0))) : halves(tasks);
    }

    private List<Outcome> halves(List<AdmissionTask> tasks) {
        int half = tasks.size() / 2;
        List<Outcome> outcomes = new ArrayList<>(part(tasks.subList(0, half)));
        outcomes.addAll(part(tasks.subList(half, tasks.size())));
        return outcomes;
    }

    /** Throws nothing that the database says, as other parts are done already. */
    private List<Outcome> part(List<AdmissionTask> tasks) {
        try {
            return tasks.isEmpty() ? List.of() : answer(tasks);
        } catch (StoreRefused e) {
            return tasks.size() == 1 ? List.of(new Failed(e)) : halves(tasks);
        } catch (StoreUnavailable e) {
            return Collections.nCopies(tasks.size(), new Failed(e));
        }
    }

    private List<Outcome> oddApart(List<AdmissionTask> tasks, Set<String> odd) {
        Iterator<Outcome> rest = part(tasks.stream()
                        .filter(task -> !odd.contains(task.holder()))
                        .toList())
                .iterator();
        return tasks.stream()
                .map(task -> odd.contains(task.holder()) ? aloneOrFailed(task) : rest.next())
                .toList();
    }

    private Outcome aloneOrFailed(AdmissionTask task) {
        try {
            return alone(task);
        } catch (StoreException e) {
            return new Failed(e);
        }
    }

    private static String operation(List<AdmissionTask> tasks) {
        if (tasks.get(0) instanceof Begin begin) {
            return begin.hold() == null ? "guard.take" : "admission.admit";
        }
        return "admission.end";
    }

    /** Whether no call and no hold is in it twice. */
    private static boolean isPlain(List<AdmissionTask> tasks) {
        Set<String> holders = new HashSet<>();
        Set<CommandId> holds = new HashSet<>();
        for (AdmissionTask task : tasks) {
            @Nullable CommandId hold = task.holdId();
            if (!holders.add(task.holder()) || (hold != null && !holds.add(hold))) {
                return false;
            }
        }
        return true;
    }

    /** @param odd those that cannot be done together with others; nothing was done if there are any */
    private record Together(List<Outcome> outcomes, Set<String> odd) {}

    private @Nullable Together together(Attempt attempt, List<AdmissionTask> tasks) {
        Map<String, Known> ends = AdmissionLookup.known(attempt.handle(), tasks);
        Map<CreditAccount, Long> accounts = lookup.accounts(attempt.handle(), tasks);
        Set<String> odd = new HashSet<>();
        Set<String> scopes = new HashSet<>();
        for (AdmissionTask task : tasks) {
            if (task instanceof Begin begin) {
                scopes.addAll(begin.ask().scopes());
                if (begin.hold() != null && !accounts.containsKey(begin.hold().account())) {
                    odd.add(task.holder());
                }
            } else {
                Known of = Objects.requireNonNull(ends.get(task.holder()));
                GuardHolder holder = of.holder();
                if (holder != null) {
                    scopes.addAll(holder.scopes());
                }
                if (of.held() == null) {
                    odd.add(task.holder());
                }
            }
        }
        if (!odd.isEmpty()) {
            return new Together(List.of(), odd);
        }
        @Nullable GuardRoom room = attempt.open(scopes);
        if (room == null) {
            return null;
        }
        AdmissionStep step = new AdmissionStep();
        Map<String, Outcome> outcomes = new HashMap<>();
        // Ends first: what they give back is there for those that begin.
        for (AdmissionTask task : tasks) {
            if (task instanceof End end) {
                outcomes.put(end.holder(), end(room, step, end, Objects.requireNonNull(ends.get(end.holder()))));
            }
        }
        Map<String, GuardAnswer> begun = new HashMap<>();
        for (AdmissionTask task : tasks) {
            if (task instanceof Begin begin) {
                begun.put(begin.holder(), begin(room, step, begin, accounts));
            }
        }
        // Who was here before may be let through by what it has already.
        List<String> denied = begun.entrySet().stream()
                .filter(one -> !one.getValue().taken())
                .map(Map.Entry::getKey)
                .toList();
        if (!denied.isEmpty()) {
            attempt.holders(denied).forEach(one -> odd.add(one.holder()));
            if (!odd.isEmpty()) {
                return new Together(List.of(), odd);
            }
        }
        step.counters(room);
        if (step.isMixed()) {
            return new Together(
                    List.of(), tasks.stream().map(AdmissionTask::holder).collect(Collectors.toSet()));
        }
        Instant moment = attempt.write(step);
        for (AdmissionTask task : tasks) {
            if (task instanceof Begin begin) {
                GuardAnswer answer = Objects.requireNonNull(begun.get(begin.holder()));
                outcomes.put(begin.holder(), new Begun(new Admitted(answer, held(begin, answer, moment))));
            }
        }
        return new Together(
                tasks.stream()
                        .map(task -> outcomes.get(task.holder()))
                        .map(Objects::requireNonNull)
                        .toList(),
                Set.of());
    }

    private static Outcome end(GuardRoom room, AdmissionStep step, End end, Known known) {
        GuardHolder holder = known.holder();
        if (holder != null) {
            room.put(holder);
            room.release(end.holder());
            end.spendKeys().forEach(key -> room.correct(end.holder(), key, end.spent()));
        }
        @Nullable BigDecimal taken = step.end(known.account(), end, Objects.requireNonNull(known.held()));
        return new Ended(end.cost() == null ? "RELEASED" : "SETTLED", taken);
    }

    private static GuardAnswer begin(
            GuardRoom room, AdmissionStep step, Begin begin, Map<CreditAccount, Long> accounts) {
        GuardAnswer answer = room.look(begin.ask());
        if (answer.taken()) {
            room.count(begin.ask());
            if (begin.hold() != null) {
                step.hold(Objects.requireNonNull(accounts.get(begin.hold().account())), begin.hold());
            }
        }
        return answer;
    }

    private static @Nullable HoldAnswer held(Begin begin, GuardAnswer answer, Instant moment) {
        Hold hold = begin.hold();
        return hold == null || !answer.taken()
                ? null
                : new HoldAnswer.Held(hold.id(), hold.amount(), moment.plus(hold.lease()));
    }

    /** One task, whatever is special about it. */
    private Outcome alone(AdmissionTask task) {
        return tables.transaction(
                operation(List.of(task)),
                attempt -> task instanceof Begin begin ? alone(attempt, begin) : alone(attempt, (End) task));
    }

    private static @Nullable Outcome alone(Attempt attempt, Begin begin) {
        // What the call has already may be counted in scopes that it does not ask for now; they change too.
        Set<String> scopes = new TreeSet<>(begin.ask().scopes());
        attempt.holders(List.of(begin.holder())).forEach(one -> scopes.addAll(one.scopes()));
        GuardRoom room = attempt.open(scopes);
        if (room == null) {
            return null;
        }
        attempt.holders(List.of(begin.holder())).forEach(room::put);
        GuardAnswer guard = room.look(begin.ask());
        Hold hold = begin.hold();
        @Nullable HoldAnswer credit = guard.taken() && hold != null ? JdbiCredit.reserve(attempt.handle(), hold) : null;
        boolean taken = guard.taken() && (hold == null || credit instanceof HoldAnswer.Held);
        if (taken) {
            room.count(begin.ask());
            AdmissionStep step = new AdmissionStep();
            step.counters(room);
            Instant unused = attempt.write(step);
        }
        return new Begun(new Admitted(new GuardAnswer(taken, guard.readings()), credit));
    }

    private static @Nullable Outcome alone(Attempt attempt, End end) {
        Set<String> scopes = new TreeSet<>();
        attempt.holders(List.of(end.holder())).forEach(one -> scopes.addAll(one.scopes()));
        GuardRoom room = attempt.open(scopes);
        if (room == null) {
            return null;
        }
        attempt.holders(List.of(end.holder())).forEach(room::put);
        Ended ended = end.cost() == null
                ? JdbiCredit.release(attempt.handle(), end.hold(), end.explanation())
                : JdbiCredit.settle(attempt.handle(), end.hold(), end.cost(), end.explanation());
        room.release(end.holder());
        boolean booked = ended.outcome().equals("SETTLED") || ended.outcome().equals("REPEATED");
        if (booked || end.cost() == null) {
            end.spendKeys().forEach(key -> room.correct(end.holder(), key, end.spent()));
        }
        AdmissionStep step = new AdmissionStep();
        step.counters(room);
        Instant unused = attempt.write(step);
        return ended;
    }
}
