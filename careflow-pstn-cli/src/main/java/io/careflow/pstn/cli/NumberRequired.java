package io.careflow.pstn.cli;

import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberRequirements.Requirement;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pstn number requirements}. */
@Command(
        name = "requirements",
        description = "What regulators want to see before anybody has a number of a country and kind.",
        footer = {"", "Example:", "  pstn number requirements --country CH --kind LOCAL"})
final class NumberRequired implements Callable<Integer> {
    private final Session session;

    @Option(names = "--country", required = true, paramLabel = "CC", description = "ISO 3166 code, such as CH.")
    private String country = "";

    @Option(names = "--kind", paramLabel = "KIND", description = "LOCAL (default), MOBILE, TOLL_FREE or NATIONAL.")
    private NumberKind kind = NumberKind.LOCAL;

    NumberRequired(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String code = country.toUpperCase(Locale.ROOT);
        if (!code.matches("[A-Z]{2}")) {
            throw new BadUsage("country is '" + country + "'; expected an ISO 3166 code such as CH");
        }
        Table<Requirement> table = new Table<Requirement>()
                .column("NAME", Requirement::name)
                .column("TYPE", Requirement::type)
                .column("ACCEPTED", Requirement::description)
                .column("EXAMPLE", Requirement::example)
                .column("ID", Requirement::id);
        return session.read(
                NumberRequirements.class,
                (provider, regulators) -> session.screen()
                        .list(table, regulators.requirements(code, kind), "Nothing is wanted for such numbers."));
    }
}
