package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.number.NumberReservations;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pstn number reserve}. */
@Command(
        name = "reserve",
        description = "Holds a number for a while, so that nobody else gets it before you order it. Costs nothing.",
        footer = {"", "Example:", "  pstn number reserve +14165550100"})
final class NumberReserve implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NUMBER", description = "The number in E.164, as 'number search' shows it.")
    private @Nullable PhoneNumber number;

    @Mixin
    private Named named = new Named();

    @Mixin
    private Consent consent = new Consent();

    NumberReserve(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PhoneNumber wanted = Typed.required(number);
        return session.change(NumberReservations.class, consent, (provider, reservations) -> {
            CommandId id = named.id(session);
            return Plan.to(
                            "number.reserve",
                            "Hold the number " + wanted,
                            Map.of("number", wanted),
                            "What is held costs nothing and is let go by itself",
                            () -> reservations.reserve(id, wanted))
                    .as(id);
        });
    }
}
