package io.careflow.pstn.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/** Puts candidates into the order of a policy. Where no lot is drawn, nothing but the candidates decides. */
final class Ranking {
    private static final int ASR_STEP = 5;
    private static final int DELAY_STEP = 1000;
    private static final int TALK_STEP = 30_000;
    private static final int PERCENT = 100;

    /** Routes that may fail, and those of unknown price, stand behind the others in every order. */
    private static final Comparator<Candidate> TIER =
            Comparator.comparing(Candidate::probing).thenComparing(candidate -> candidate.cost() == null);

    private static final Comparator<Candidate> PRIORITY =
            Comparator.comparingInt(candidate -> candidate.route().priority());
    private static final Comparator<Candidate> COST =
            Comparator.comparing(Candidate::cost, Comparator.nullsLast(Comparator.naturalOrder()));
    private static final Comparator<Candidate> QUALITY = Comparator.comparing(
                    (Candidate candidate) -> candidate.quality() == null)
            .thenComparing(highest(quality -> quality.answeredPercent().orElse(0) / ASR_STEP))
            .thenComparing(highest(quality -> -quality.averageDelayMillis().orElse(Long.MAX_VALUE) / DELAY_STEP))
            .thenComparing(highest(quality -> quality.averageTalkMillis().orElse(0L) / TALK_STEP));

    private final RoutingPolicy policy;
    private final RandomGenerator random;

    Ranking(RoutingPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    List<PlannedRoute> rank(List<Candidate> candidates) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(TIER.thenComparing(decisive()).thenComparing(PRIORITY).thenComparing(Candidate::id));
        List<Reasoned> ranked = policy.order() == RouteOrder.WEIGHTED ? drawn(sorted) : reasoned(sorted);
        if (!policy.shares().isEmpty()) {
            ranked = shared(ranked);
        }
        List<PlannedRoute> places = new ArrayList<>();
        for (Reasoned next : ranked) {
            places.add(new PlannedRoute(
                    places.size() + 1,
                    next.candidate.route(),
                    next.candidate.shown(),
                    tierNote(next.candidate) + next.because));
        }
        return places;
    }

    private Comparator<Candidate> decisive() {
        return switch (policy.order()) {
            case LEAST_COST -> COST;
            case PRIORITY, WEIGHTED -> PRIORITY;
            case QUALITY -> QUALITY;
        };
    }

    private List<Reasoned> reasoned(List<Candidate> sorted) {
        List<Reasoned> ranked = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Candidate candidate = sorted.get(i);
            String because = switch (policy.order()) {
                case LEAST_COST -> candidate.priceNote();
                case QUALITY -> candidate.qualityNote() + "; " + candidate.priceNote();
                case PRIORITY, WEIGHTED -> priority(candidate) + "; " + candidate.priceNote();
            };
            ranked.add(new Reasoned(candidate, because + (i == 0 ? "" : tieNote(sorted.get(i - 1), candidate))));
        }
        return ranked;
    }

    private String tieNote(Candidate before, Candidate candidate) {
        boolean tie = TIER.compare(before, candidate) == 0 && decisive().compare(before, candidate) == 0;
        if (!tie) {
            return "";
        }
        return "; equal to " + before.id() + ", behind it by "
                + (PRIORITY.compare(before, candidate) == 0 ? "id" : priority(candidate));
    }

    /** Without replacement, within each run of one tier and priority; the runs stay in their order. */
    private List<Reasoned> drawn(List<Candidate> sorted) {
        List<Reasoned> ranked = new ArrayList<>();
        List<Candidate> left = new ArrayList<>(sorted);
        while (!left.isEmpty()) {
            Candidate first = left.get(0);
            List<Candidate> run = left.stream()
                    .filter(it -> TIER.thenComparing(PRIORITY).compare(it, first) == 0)
                    .toList();
            long sum = run.stream().mapToLong(it -> it.route().weight()).sum();
            Candidate next = sum == 0 ? first : at(run, random.nextLong(sum));
            String lot =
                    sum == 0 ? ", a spare" : ", drawn by weight " + next.route().weight() + " of " + sum;
            ranked.add(new Reasoned(next, priority(next) + lot + "; " + next.priceNote()));
            left.remove(next);
        }
        return ranked;
    }

    private static Candidate at(List<Candidate> run, long point) {
        long reached = 0;
        for (Candidate candidate : run) {
            reached += candidate.route().weight();
            if (point < reached) {
                return candidate;
            }
        }
        throw new AssertionError("point " + point + " is beyond the weights");
    }

    /** One lot in a hundred, whether or not the route that it falls on can be used. */
    private List<Reasoned> shared(List<Reasoned> ranked) {
        int point = random.nextInt(PERCENT);
        int reached = 0;
        for (Map.Entry<String, Integer> share : policy.sortedShares().entrySet()) {
            reached += share.getValue();
            if (point < reached) {
                return lifted(ranked, share.getKey(), share.getValue());
            }
        }
        return ranked;
    }

    private static List<Reasoned> lifted(List<Reasoned> ranked, String id, int percent) {
        List<Reasoned> lifted = new ArrayList<>(ranked);
        for (Reasoned next : ranked) {
            if (next.candidate.id().equals(id) && tierNote(next.candidate).isEmpty()) {
                lifted.remove(next);
                lifted.add(0, new Reasoned(next.candidate, "first by its share of " + percent + " %; " + next.because));
            }
        }
        return lifted;
    }

    private static String tierNote(Candidate candidate) {
        return (candidate.probing() ? "behind the others while its provider is being probed; " : "")
                + (candidate.cost() == null ? "behind those of known price; " : "");
    }

    private static String priority(Candidate candidate) {
        return "priority " + candidate.route().priority();
    }

    private static Comparator<Candidate> highest(ToLongFunction<RouteQuality> measure) {
        return Comparator.comparingLong((Candidate candidate) ->
                        candidate.quality() == null ? 0 : measure.applyAsLong(candidate.quality()))
                .reversed();
    }

    private record Reasoned(Candidate candidate, String because) {}
}
