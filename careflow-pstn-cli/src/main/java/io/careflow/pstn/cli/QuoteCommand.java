package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.RatedCall;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.rating.RatingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pstn quote}. Asks no carrier. */
@Command(
        name = "quote",
        description = {
            "What a call of some length costs with each provider, by its price list, and how that comes about.",
            "Unknown is not nothing. To ask a carrier instead: pstn price call."
        },
        footer = {"", "Example:", "  pstn quote --rates telnyx=telnyx.csv --rates twilio=twilio.csv --to +442071838750"
        })
final class QuoteCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "Who is called, in E.164.")
    private @Nullable PhoneNumber to;

    @Option(
            names = "--talk",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "How long they talk, such as 90s or 10m; 2m unless given.")
    private Duration talk = Duration.ofMinutes(2);

    @Mixin
    private PriceLists lists = new PriceLists();

    QuoteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PhoneNumber called = Typed.required(to);
        Rater rater = lists.rater(session);
        RatedCall call = RatedCall.answered(called.digits(), session.now(), talk.toMillis());
        List<Line> lines = new ArrayList<>();
        PriceLists.providers(rater, called, session.now()).forEach(provider -> lines.add(line(rater, provider, call)));
        session.screen()
                .list(
                        new Table<Line>()
                                .column("PROVIDER", Line::provider)
                                .column("PRICE", Line::price)
                                .column("BECAUSE", Line::because),
                        lines,
                        "No price list.");
        return ExitCode.OK;
    }

    private static Line line(Rater rater, String provider, RatedCall call) {
        RatingResult result = rater.rate(provider, Direction.OUTBOUND, call);
        if (result instanceof RatingResult.Rated rated) {
            return new Line(
                    provider, rated.charge().amount().toString(), rated.charge().explanation());
        } else if (result instanceof RatingResult.Refused refused) {
            return new Line(provider, "refused", refused.reason());
        }
        return new Line(provider, Quote.UNKNOWN, ((RatingResult.NoRate) result).reason());
    }

    /** What one provider takes. */
    record Line(String provider, String price, String because) {}
}
