package io.careflow.pstn.voipms;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers by place, and back orders. Thread-safe. */
final class Stock implements VoipMsStock {
    private static final String SEARCH = "number.search";
    private static final String ORDER = "number.order";
    private static final int MOST = 20;
    private static final Pattern REGION = Pattern.compile("[A-Z]{2}");
    private static final Map<NumberKind, String> WORDS =
            Map.of(NumberKind.LOCAL, "Geographic", NumberKind.NATIONAL, "National", NumberKind.TOLL_FREE, "TollFree");

    private final VoipMsClient client;
    private final NumberRows rows;
    private final Servers servers;
    private final Differences orders;
    private final Differences backOrders;

    Stock(VoipMsClient client, Servers servers) {
        this.client = client;
        this.rows = new NumberRows(client);
        this.servers = servers;
        this.orders = new Differences(client, ORDER, this::foreign);
        this.backOrders = new Differences(
                client, ORDER, () -> backOrders().stream().map(BackOrder::id).collect(Collectors.toSet()));
    }

    @Override
    public List<Country> countries(NumberKind kind) {
        String word = word(SEARCH, kind).toUpperCase(Locale.ROOT);
        // Its own words for the kinds are asked for, as only some of them are documented.
        String type = client.list(VoipMsCall.of(SEARCH, "getInternationalTypes"), "types").stream()
                .flatMap(row -> row.text("value").stream())
                .filter(value -> value.replaceAll("[^A-Za-z]", "").equalsIgnoreCase(word))
                .findFirst()
                .orElse(word);
        return client.list(VoipMsCall.of(SEARCH, "getDIDCountries").with("type", type), "countries").stream()
                .map(row -> new Country(
                        row.requireText("value"), row.text("description").orElse("")))
                .toList();
    }

    @Override
    public List<Location> locations(NumberKind kind, Country country) {
        VoipMsCall call = VoipMsCall.of(SEARCH, "getDIDsInternational" + word(SEARCH, kind))
                .with("country_id", country.id());
        return client.list(call, "locations").stream()
                .map(row -> location(kind, row))
                .toList();
    }

    @Override
    public List<NumberAtCarrier> order(CommandId command, Location location, int quantity, NumberSettings settings) {
        if (quantity < 1 || quantity > MOST) {
            throw invalid("quantity is " + quantity + "; allowed are 1 to " + MOST);
        }
        String word = word(ORDER, location.kind());
        Map<String, String> parameters = parameters(settings);
        if (location.kind() != NumberKind.LOCAL) {
            parameters.remove("billing_type");
        }
        VoipMsCall call = VoipMsCall.of(ORDER, "orderDIDInternational" + word)
                .with("location_id", location.id())
                .with("quantity", Integer.toString(quantity))
                .withAll(parameters);
        Set<String> brought = orders.order(command, List.of(location, quantity, settings), call, quantity);
        try {
            return rows.rows(ORDER).stream()
                    .filter(row -> brought.contains(row.text("did").orElse("")))
                    .flatMap(row -> rows.owned(row).stream())
                    .toList();
        } catch (PstnException e) {
            throw Partly.done(e, ORDER, "the numbers were bought");
        }
    }

    @Override
    public BackOrder backOrder(
            CommandId command, String country, String region, String rateCenter, NumberSettings settings) {
        boolean canada = country.equals("CA");
        if (!canada && !country.equals("US")) {
            throw new UnsupportedFeature(client.id(), ORDER, "back orders in " + country, List.of("CA", "US"));
        }
        if (!REGION.matcher(region).matches() || rateCenter.isBlank()) {
            throw invalid("region is '" + region + "' or the rate centre is blank; expected one like FL and MIAMI");
        }
        VoipMsCall call = VoipMsCall.of(ORDER, canada ? "backOrderDIDCAN" : "backOrderDIDUSA")
                .with("quantity", "1")
                .with(canada ? "province" : "state", region)
                .with("ratecenter", rateCenter)
                .withAll(parameters(settings));
        Set<String> brought = backOrders.order(command, List.of(country, region, rateCenter, settings), call, 1);
        String id = brought.iterator().next();
        return new BackOrder(id, rateCenter + ", " + region);
    }

    @Override
    public List<BackOrder> backOrders() {
        return client.list(VoipMsCall.of("number.back-orders", "getBackOrders"), "back_orders").stream()
                .map(row -> new BackOrder(
                        row.requireText("id"), row.text("description").orElse("")))
                .toList();
    }

    // Numbers of North America are ordered otherwise, and perhaps just now.
    private Set<String> foreign() {
        return rows.rows(ORDER).stream()
                .filter(row ->
                        NumberRows.number(row).filter(WireNumbers::isNanp).isEmpty())
                .flatMap(row -> row.text("did").stream())
                .collect(Collectors.toSet());
    }

    private Map<String, String> parameters(NumberSettings settings) {
        NumberChanges changes = new NumberChanges(client.id(), ORDER, settings);
        if (!changes.sms().isEmpty()) {
            throw new UnsupportedFeature(
                    client.id(), ORDER, "text messages of numbers by place", List.of("calls", "a change afterwards"));
        }
        String server = changes.server();
        return Reads.before(
                ORDER,
                () -> changes.order((server == null ? servers.home(ORDER) : servers.named(ORDER, server)).pop()));
    }

    private static Location location(NumberKind kind, Fields row) {
        return new Location(
                kind,
                row.requireText("location_id"),
                row.text("location_name").orElse(""),
                row.text("country").orElse(""),
                row.text("area_code").orElse(""),
                whole(row.integer("stock")),
                price(row, "setup", "monthly"),
                price(row, "setup_per_minute", "monthly_per_minute"),
                whole(row.integer("channels")));
    }

    private static NumberPrice price(Fields row, String setup, String monthly) {
        return new NumberPrice(
                Prices.amount(row, setup).orElse(null),
                Prices.amount(row, monthly).orElse(null));
    }

    private static @Nullable Integer whole(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private String word(String operation, NumberKind kind) {
        String word = WORDS.get(kind);
        if (word == null) {
            throw new UnsupportedFeature(
                    client.id(), operation, "kind " + kind, List.of("LOCAL", "NATIONAL", "TOLL_FREE"));
        }
        return word;
    }

    private InvalidRequest invalid(String reason) {
        return new InvalidRequest(Failure.of(client.id(), ORDER, Effect.NONE, reason));
    }
}
