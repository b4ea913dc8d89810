package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.NumberType;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn number}. */
final class NumberCommands {
    private NumberCommands() {}

    @Command(
            name = "search",
            description = "Numbers that can be ordered now, with their price where the provider tells it.",
            footer = {"", "Example:", "  pstn number search --country CA --area 416 --feature SMS --limit 5"})
    static final class Search implements Callable<Integer> {
        private final Session session;

        @Option(names = "--country", required = true, paramLabel = "CC", description = "ISO 3166 code, such as CA.")
        private String country = "";

        @Option(names = "--kind", paramLabel = "KIND", description = "LOCAL (default), MOBILE, TOLL_FREE or NATIONAL.")
        private NumberKind kind = NumberKind.LOCAL;

        @Option(names = "--area", paramLabel = "DIGITS", description = "The area code.")
        @Nullable
        private String area;

        @Option(names = "--pattern", paramLabel = "DIGITS", description = "Digits in the number; * for any one digit.")
        @Nullable
        private String pattern;

        @Option(names = "--locality", paramLabel = "TOWN", description = "The town.")
        @Nullable
        private String locality;

        @Option(names = "--feature", paramLabel = "FEATURE", description = "${COMPLETION-CANDIDATES}. May be repeated.")
        private Set<NumberFeature> features = EnumSet.noneOf(NumberFeature.class);

        @Option(names = "--limit", paramLabel = "N", description = "At most this many: 1 to 1000, 20 by default.")
        private int limit = 20;

        Search(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            NumberQuery query =
                    new NumberQuery(country.toUpperCase(Locale.ROOT), kind, area, pattern, locality, features, limit);
            Table<AvailableNumber> table = new Table<AvailableNumber>()
                    .column("NUMBER", AvailableNumber::number)
                    .column("KIND", AvailableNumber::kind)
                    .column("WHERE", NumberCommands::where)
                    .column("FEATURES", AvailableNumber::features)
                    .column("ONCE", found -> orUnknown(found.price().setup()))
                    .column("MONTHLY", found -> orUnknown(found.price().monthly()))
                    .column("ADDRESS", found -> found.addressRequired() ? "required" : "no");
            return session.read(
                    NumberInventory.class,
                    (provider, numbers) ->
                            session.screen().list(table, numbers.search(query), "No such number can be ordered."));
        }
    }

    @Command(
            name = "order",
            description = "Buys a number. Costs money: shows the price and asks.",
            footer = {
                "",
                "Example:",
                "  pstn number order +14165550100 --voice-url https://pbx.example.org/voice --dry-run"
            })
    static final class Order implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NUMBER", description = "The number in E.164, as 'number search' shows it.")
        private @Nullable PhoneNumber number;

        @Mixin
        private NumberOptions options = new NumberOptions();

        @Mixin
        private Named named = new Named();

        @Mixin
        private Consent consent = new Consent();

        Order(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            PhoneNumber wanted = Typed.required(number);
            return session.change(NumberInventory.class, consent, (provider, numbers) -> {
                CommandId id = named.id(session);
                NumberSettings settings = options.settings(numbers);
                session.requirePossible(consent, settings);
                NumberOrder order = new NumberOrder(id, TenantId.DEFAULT, wanted, settings);
                return Plan.to(
                                "number.order",
                                "Order the number " + wanted,
                                facts(wanted, settings),
                                "'pstn number list' shows whether it was bought",
                                () -> numbers.order(order))
                        .costing(Cost.of(price(numbers, wanted)))
                        .asking()
                        .as(id);
            });
        }
    }

    @Command(name = "list", description = "All numbers of the account.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Table<NumberAtCarrier> table = new Table<NumberAtCarrier>()
                    .column("NUMBER", NumberAtCarrier::number)
                    .column("STATUS", NumberAtCarrier::status)
                    .column("LABEL", NumberAtCarrier::label)
                    .column("FEATURES", NumberAtCarrier::features)
                    .column("CALLS GO TO", owned -> owned.trunkId() == null ? owned.voiceUrl() : owned.trunkId())
                    .column("MESSAGES GO TO", NumberAtCarrier::messageUrl)
                    .column("ID", NumberAtCarrier::id);
            return session.read(
                    NumberInventory.class,
                    (provider, numbers) -> session.screen().list(table, numbers.list(), "The account has no numbers."));
        }
    }

    @Command(
            name = "configure",
            description = "Changes where calls and messages go. What is not named stays as it is.",
            footer = {"", "Example:", "  pstn number configure +14165550100 --trunk TK0123"})
    static final class Configure implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NUMBER", description = "A number of the account, in E.164.")
        private @Nullable PhoneNumber number;

        @Mixin
        private NumberOptions options = new NumberOptions();

        @Mixin
        private Consent consent = new Consent();

        Configure(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            PhoneNumber owned = Typed.required(number);
            return session.change(NumberInventory.class, consent, (provider, numbers) -> {
                NumberSettings settings = options.settings(numbers);
                session.requirePossible(consent, settings);
                if (settings.equals(NumberSettings.NONE)) {
                    throw new BadUsage(
                            "nothing to change; give --voice-url, --trunk, --message-url or another setting");
                }
                return Plan.to(
                        "number.configure",
                        "Configure the number " + owned,
                        facts(owned, settings),
                        "'pstn number list' shows how it is configured",
                        () -> numbers.configure(owned, settings));
            });
        }
    }

    @Command(
            name = "release",
            description = "Gives a number back. It may be gone for ever: asks.",
            footer = {"", "Example:", "  pstn number release +14165550100"})
    static final class Release implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NUMBER", description = "A number of the account, in E.164.")
        private @Nullable PhoneNumber number;

        @Mixin
        private Consent consent = new Consent();

        Release(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            PhoneNumber owned = Typed.required(number);
            return session.change(NumberInventory.class, consent, (provider, numbers) -> {
                if (numbers.find(owned).isEmpty()) {
                    throw Answer.notFound("number " + owned + " of this account");
                }
                return Plan.to(
                                "number.release",
                                "Give the number " + owned + " back, perhaps for ever",
                                Map.of("number", owned),
                                "'pstn number list' shows whether it is still there",
                                () -> {
                                    numbers.release(owned);
                                    return Results.gone("number", owned.e164());
                                })
                        .asking();
            });
        }
    }

    private static Map<String, Object> facts(PhoneNumber number, NumberSettings settings) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("number", number);
        all.put("label", settings.label());
        all.put("voiceUrl", settings.voiceUrl());
        all.put("voiceFallbackUrl", settings.voiceFallbackUrl());
        all.put("statusUrl", settings.statusUrl());
        all.put("messageUrl", settings.messageUrl());
        all.put("trunkId", settings.trunkId());
        return Typed.present(all, settings.options());
    }

    /** What the carrier offers it for now; unknown if it does not say, or cannot search like this. */
    private static NumberPrice price(NumberInventory numbers, PhoneNumber wanted) {
        NumberKind kind = kind(wanted.type());
        // Telnyx finds no digits that begin with the country code.
        String national =
                wanted.digits().substring(String.valueOf(wanted.countryCode()).length());
        try {
            return wanted.country()
                    .map(country -> NumberQuery.of(country, kind).matching(national))
                    .flatMap(query -> numbers.search(query).stream()
                            .filter(found -> found.number().equals(wanted))
                            .findFirst())
                    .map(AvailableNumber::price)
                    .orElse(NumberPrice.UNKNOWN);
        } catch (PstnException e) {
            return NumberPrice.UNKNOWN;
        }
    }

    private static NumberKind kind(NumberType type) {
        return switch (type) {
            case TOLL_FREE -> NumberKind.TOLL_FREE;
            case MOBILE -> NumberKind.MOBILE;
            default -> NumberKind.LOCAL;
        };
    }

    private static String where(AvailableNumber number) {
        StringBuilder where = new StringBuilder(number.locality() == null ? "" : number.locality() + ", ");
        return where.append(number.region() == null ? "" : number.region() + ", ")
                .append(number.country())
                .toString();
    }

    private static Object orUnknown(@Nullable Object price) {
        return price == null ? "unknown" : price;
    }
}
