package io.careflow.pstn.rating;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line of calls.txt, whose head describes the form. */
record CallLine(String id, Map<String, String> options, List<String> call, List<String> rates, List<String> expected) {

    static CallLine parse(String line) {
        List<String> parts =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        Map<String, String> options = words(parts.get(1)).stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
        List<String> rates =
                Arrays.stream(parts.get(3).split(",", -1)).map(String::strip).toList();
        return new CallLine(parts.get(0), options, words(parts.get(2)), rates, words(parts.get(4)));
    }

    Direction direction() {
        return options.containsKey("inbound") ? Direction.INBOUND : Direction.OUTBOUND;
    }

    RatedCall ratedCall() {
        Instant at = Instant.parse(options.getOrDefault("at", "2026-03-02T15:00:00Z"));
        return options.containsKey("unanswered")
                ? RatedCall.unanswered(call.get(0))
                : RatedCall.answered(call.get(0), at, Long.parseLong(call.get(1)));
    }

    RateDeck deck() {
        String[] rounding = options.getOrDefault("round", "HALF_UP/6").split("/", 2);
        RateDeckBuilder deck = RateDeck.builder("deck", "1", "carrier", direction())
                .currency(Currency.getInstance(options.getOrDefault("currency", "USD")))
                .secondsRounding(SecondsRounding.valueOf(options.getOrDefault("seconds", "CEIL")))
                .rounding(new Rounding(RoundingMode.valueOf(rounding[0]), Integer.parseInt(rounding[1])))
                .roundingStage(options.containsKey("each") ? RoundingStage.INCREMENT : RoundingStage.CALL)
                .incrementPolicy(
                        options.containsKey("total_mod") ? IncrementPolicy.TOTAL_MOD : IncrementPolicy.INIT_PLUS_N)
                .windowPolicy(options.containsKey("split") ? WindowPolicy.SPLIT : WindowPolicy.AT_ANSWER);
        Optional.ofNullable(options.get("zone")).map(ZoneId::of).ifPresent(deck::zone);
        rates.forEach(rate -> deck.add(rate(words(rate))));
        return deck.build();
    }

    /** The money to talk for, where the line asks for how long. */
    Optional<Money> balance() {
        return Optional.ofNullable(options.get("balance"))
                .map(amount -> Money.of(amount, options.getOrDefault("currency", "USD")));
    }

    boolean expectsNoRate() {
        return expected.get(0).equals("NO_RATE");
    }

    Optional<String> expectedPrefix() {
        return switch (expected.get(0)) {
            case "-" -> Optional.empty();
            case "*" -> Optional.of("");
            default -> Optional.of(expected.get(0));
        };
    }

    long expectedSeconds() {
        return Long.parseLong(expected.get(1));
    }

    /** The exact amount as numerator and denominator. */
    List<BigDecimal> expectedFraction() {
        String[] parts = (expected.get(2) + "/1").split("/", -1);
        return List.of(new BigDecimal(parts[0]), new BigDecimal(parts[1]));
    }

    String expectedAmount() {
        return expected.get(3);
    }

    @Override
    public String toString() {
        return id;
    }

    private static Rate rate(List<String> words) {
        RateBuilder rate = words.get(0).equals("*") ? Rate.catchAll() : Rate.builder(words.get(0));
        String[] increments = words.get(2).split("/", 2);
        rate.perMinute(words.get(1)).increments(Integer.parseInt(increments[0]), Integer.parseInt(increments[1]));
        for (String word : words.subList(3, words.size())) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, word.indexOf('='))) {
                case "fee" -> rate.connectionFee(value);
                case "min" -> rate.minimumCharge(value);
                case "grace" -> rate.graceSeconds(Integer.parseInt(value));
                case "free" -> rate.includedSeconds(Integer.parseInt(value));
                case "max" -> {
                    String[] maximum = value.split("/", 2);
                    rate.maximumCharge(maximum[0], MaximumPolicy.valueOf(maximum[1]));
                }
                case "tier" -> {
                    String[] tier = value.split(":", 3);
                    rate.tier(Integer.parseInt(tier[0]), tier[1], Integer.parseInt(tier[2]));
                }
                case "hours" -> rate.windows(value.replace('/', ' ').split("\\+", -1));
                case "from" -> rate.effectiveFrom(Instant.parse(value));
                case "to" -> rate.effectiveTo(Instant.parse(value));
                default -> throw new IllegalArgumentException(word);
            }
        }
        return rate.build();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }
}
