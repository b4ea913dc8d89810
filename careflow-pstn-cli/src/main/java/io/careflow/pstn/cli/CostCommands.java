package io.careflow.pstn.cli;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.CostReport;
import io.careflow.pstn.cost.CostReportBuilder;
import io.careflow.pstn.cost.NumberRental;
import io.careflow.pstn.cost.Offer;
import io.careflow.pstn.cost.UsageProfile;
import io.careflow.pstn.jdbc.OperatorAccess;
import io.careflow.pstn.jdbc.OwnedNumber;
import io.careflow.pstn.report.BadFile;
import io.careflow.pstn.report.CallPrices;
import io.careflow.pstn.report.CallsCsv;
import io.careflow.pstn.report.CostCsv;
import io.careflow.pstn.report.CostPage;
import io.careflow.pstn.report.CostText;
import io.careflow.pstn.report.NumbersCsv;
import io.careflow.pstn.report.OffersFolder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn cost}. */
final class CostCommands {
    private CostCommands() {}

    @Command(
            name = "report",
            description = {
                "What calls and numbers cost, by month, provider, number, user and country, from files or from the application's"
                        + " database; no carrier is asked.",
                "Calls without a price are priced by the lists of --offers, else by those in the database. What has no known"
                        + " price is counted and is in no total."
            },
            footer = {
                "",
                "Example:",
                "  pstn cost report calls.csv --numbers numbers.csv --offers offers --month 2026-03 --html march.html",
                "  pstn cost report --database jdbc:postgresql://db.example.org/careflow --month 2026-03"
            })
    static final class Report implements Callable<Integer> {
        private final Session session;

        @Parameters(
                paramLabel = "CALLS.CSV",
                arity = "0..1",
                description = "Else they are read from the database, with active numbers unless --numbers is given."
                        + " Columns call, provider, direction, from, to, started, answered, ended; and user, price with"
                        + " currency, if known.")
        private @Nullable Path calls;

        @Option(names = "--month", required = true, paramLabel = "MONTH", description = "The first month, as 2026-03.")
        private @Nullable String month;

        @Option(names = "--until", paramLabel = "MONTH", description = "The last month. Else the first.")
        private @Nullable String until;

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                defaultValue = "UTC",
                description = "By whose clock months begin, as America/Toronto. Else UTC.")
        private String zone = "UTC";

        @Option(
                names = "--numbers",
                paramLabel = "FILE",
                description = "Rented numbers: columns provider, number, monthly, currency; and user, first, last.")
        private @Nullable Path numbers;

        @Option(
                names = "--offers",
                paramLabel = "FOLDER",
                description = "Price lists: fees.csv, NAME-outbound.csv, NAME-inbound.csv. Monthly fees are counted.")
        private @Nullable Path offers;

        @Option(
                names = "--tenant",
                defaultValue = "default",
                paramLabel = "NAME",
                description = "Whose calls and numbers of the database. Else the default tenant's.")
        private String tenant = "default";

        @Mixin
        private DatabaseOptions database = new DatabaseOptions();

        @Mixin
        private CostFiles files = new CostFiles();

        Report(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return reading(() -> {
                YearMonth first = monthOf("--month", Typed.required(month));
                YearMonth last = until == null ? first : monthOf("--until", until);
                if (last.isBefore(first)) {
                    throw new BadUsage("--until is " + last + ", before " + first);
                }
                CostReport report = report(CostReport.over(first, last, zone(), session.now()), first, last);
                files.write(
                        session,
                        CostPage.titled("Cost of telephony").with(report),
                        sink -> new CostCsv().write(report, sink));
                if (session.screen().isJson()) {
                    session.screen().document(CostJson.of(report));
                } else {
                    new CostText().lines(report).forEach(session.screen()::line);
                }
            });
        }

        private CostReport report(CostReportBuilder builder, YearMonth first, YearMonth last) throws IOException {
            OffersFolder known = offers == null ? null : OffersFolder.read(session.path(offers));
            if (known != null) {
                for (Offer offer : known.offers()) {
                    offer.monthly().forEach(fee -> builder.plan(offer.provider(), fee));
                }
            }
            if (numbers != null) {
                new NumbersCsv().read(session.path(numbers)).forEach(builder::number);
            }
            if (calls == null) {
                stored(builder, known);
            } else {
                ofFile(builder, known, session.path(calls), first, last);
            }
            return builder.build();
        }

        private void stored(CostReportBuilder builder, @Nullable OffersFolder known) {
            if (!database.isNamed(session)) {
                throw new BadUsage("no calls are named; give CALLS.CSV or --database");
            }
            TenantId whose = new TenantId(tenant);
            OperatorAccess tables = database.open(session);
            DatabaseOptions.asking(() -> {
                CallPrices prices = CallPrices.of(known == null ? tables.rates().load() : known.rater());
                if (numbers == null) {
                    tables.numbers(whose).stream()
                            .filter(OwnedNumber::active)
                            .map(number -> NumberRental.of(number.carrier(), number.number(), number.monthlyCost())
                                    .of(number.ownerId()))
                            .forEach(builder::number);
                }
                tables.each(builder.query().of(whose), cdr -> builder.add(prices.priced(cdr)));
                return true;
            });
        }

        private void ofFile(
                CostReportBuilder builder, @Nullable OffersFolder known, Path file, YearMonth first, YearMonth last)
                throws IOException {
            long[] others = {0};
            new CallsCsv(TenantId.DEFAULT).read(file, cdr -> {
                YearMonth of = YearMonth.from(cdr.times().started().atZone(zone()));
                if (of.isBefore(first) || of.isAfter(last)) {
                    others[0]++;
                } else {
                    builder.add(known == null ? cdr : known.priced(cdr));
                }
            });
            if (others[0] > 0) {
                session.screen().note(others[0] + " calls of other months are left out");
            }
        }

        private ZoneId zone() {
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw new BadUsage("--zone is '" + zone + "'; expected a zone such as America/Toronto");
            }
        }

        private static YearMonth monthOf(String option, String text) {
            try {
                return YearMonth.parse(text);
            } catch (DateTimeException e) {
                throw new BadUsage(option + " is '" + text + "'; expected a month such as 2026-03");
            }
        }
    }

    @Command(
            name = "compare",
            description = {
                "What a month's use would cost with each provider, by its price lists; who is cheapest, and the cheapest two:"
                        + " one for what comes in, one for what goes out. Nobody is asked.",
                "A provider of which a price is missing is shown and never wins. Currencies are not converted."
            },
            footer = {"", "Example:", "  pstn cost compare --offers offers --prefix 1212 --in 100 --out 100 --numbers 1"
            })
    static final class Compare implements Callable<Integer> {
        private final Session session;

        @Option(
                names = "--offers",
                required = true,
                paramLabel = "FOLDER",
                description = "Price lists: fees.csv, NAME-outbound.csv, NAME-inbound.csv.")
        private @Nullable Path offers;

        @Option(
                names = "--country",
                defaultValue = "US",
                paramLabel = "CODE",
                description = "Country of the numbers and texts. Else US.")
        private String country = "US";

        @Option(
                names = "--prefix",
                defaultValue = "1212",
                paramLabel = "DIGITS",
                description = "What the numbers called, and ours, begin with. Else 1212.")
        private String prefix = "1212";

        @Option(names = "--in", defaultValue = "0", paramLabel = "MINUTES", description = "Minutes that come in.")
        private int in;

        @Option(names = "--out", defaultValue = "0", paramLabel = "MINUTES", description = "Minutes that go out.")
        private int out;

        @Option(
                names = "--call",
                defaultValue = "180s",
                paramLabel = "TIME",
                description = "How long a call is: 90s, 3m. Else 180s.")
        private Duration perCall = Duration.ofMinutes(3);

        @Option(names = "--numbers", defaultValue = "0", paramLabel = "COUNT", description = "Rented numbers.")
        private int numbers;

        @Option(names = "--texts-in", defaultValue = "0", paramLabel = "COUNT", description = "Parts of texts in.")
        private int textsIn;

        @Option(names = "--texts-out", defaultValue = "0", paramLabel = "COUNT", description = "Parts of texts out.")
        private int textsOut;

        @Mixin
        private CostFiles files = new CostFiles();

        Compare(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return reading(() -> {
                Comparison comparison = Comparison.of(
                        profile(),
                        OffersFolder.read(session.path(Typed.required(offers))).offers(),
                        session.now());
                files.write(
                        session,
                        CostPage.titled("Cost with each provider").with(comparison),
                        sink -> new CostCsv().write(comparison, sink));
                if (session.screen().isJson()) {
                    session.screen().document(CostJson.of(comparison));
                } else {
                    new CostText().lines(comparison).forEach(session.screen()::line);
                }
            });
        }

        private UsageProfile profile() {
            try {
                UsageProfile profile = UsageProfile.NONE
                        .withMinutes(country, prefix, in, out, perCall)
                        .withNumbers(country, numbers)
                        .withMessages(country, textsIn, textsOut);
                if (profile.equals(UsageProfile.NONE)) {
                    throw new BadUsage("nothing is used; give --in, --out, --numbers, --texts-in or --texts-out");
                }
                return profile;
            } catch (IllegalArgumentException e) {
                throw new BadUsage(String.valueOf(e.getMessage()));
            }
        }
    }

    private static int reading(Reading work) {
        try {
            work.run();
            return ExitCode.OK;
        } catch (BadFile e) {
            throw Answer.failed(Values.printable(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw Answer.failed(
                    "a file cannot be read or written: " + Values.printable(String.valueOf(e.getMessage())));
        }
    }

    private interface Reading {
        void run() throws IOException;
    }

    /** Where to write what the screen is not for. */
    static final class CostFiles {
        @Option(names = "--html", paramLabel = "FILE", description = "Also writes a web page with charts.")
        private @Nullable Path html;

        @Option(names = "--csv", paramLabel = "FILE", description = "Also writes the figures as CSV.")
        private @Nullable Path csv;

        void write(Session session, CostPage page, Sheet sheet) throws IOException {
            if (html != null) {
                Files.writeString(session.path(html), page.html());
            }
            if (csv != null) {
                try (Writer sink = Files.newBufferedWriter(session.path(csv))) {
                    sheet.write(sink);
                }
            }
        }

        interface Sheet {
            void write(Writer sink) throws IOException;
        }
    }
}
