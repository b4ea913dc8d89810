package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.money.Money;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pstn price}. */
final class PriceCommands {
    private PriceCommands() {}

    @Command(
            name = "call",
            description = {
                "What a minute of a call costs, before it is made. Nothing within a flat rate; unknown is not nothing.",
                "Taxes, fees of networks and extras such as recording are not in it."
            },
            footer = {"", "Example:", "  pstn price call --from +14165550100 --to +442071838750"})
    static final class OfCall implements Callable<Integer> {
        private final Session session;

        @Option(names = "--from", required = true, paramLabel = "NUMBER", description = "The number that is shown.")
        private @Nullable PhoneNumber from;

        @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "Who is called, in E.164.")
        private @Nullable PhoneNumber to;

        OfCall(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.read(Prices.class, (provider, prices) -> {
                Optional<CallPrice> price = prices.call(Typed.required(from), Typed.required(to));
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("from", Typed.required(from));
                shown.put("to", Typed.required(to));
                shown.put("pricePerMinute", price.map(CallPrice::perMinute));
                shown.put("explanation", price.map(CallPrice::explanation));
                session.screen()
                        .said(
                                Results.ordered(shown),
                                price.map(PriceCommands::minute)
                                        .orElse("price unknown: provider '" + provider.id() + "' does not tell it"));
            });
        }
    }

    @Command(
            name = "message",
            description = "What one part of a text costs, before it is sent. Unknown is not nothing.",
            footer = {"", "Example:", "  pstn price message --from +14165550100 --to +14165550199"})
    static final class OfMessage implements Callable<Integer> {
        private final Session session;

        @Option(names = "--from", required = true, paramLabel = "NUMBER", description = "A number of this account.")
        private @Nullable PhoneNumber from;

        @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "The recipient, in E.164.")
        private @Nullable PhoneNumber to;

        OfMessage(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.read(Prices.class, (provider, prices) -> {
                Optional<Money> price = prices.message(Typed.required(from), Typed.required(to));
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("from", Typed.required(from));
                shown.put("to", Typed.required(to));
                shown.put("pricePerPart", price);
                session.screen()
                        .said(
                                Results.ordered(shown),
                                price.map(part -> part + " a part")
                                        .orElse("price unknown: provider '" + provider.id() + "' does not tell it"));
            });
        }
    }

    private static String minute(CallPrice price) {
        return Values.printable(
                price.perMinute() + " a minute" + (price.explanation().isEmpty() ? "" : ": " + price.explanation()));
    }
}
