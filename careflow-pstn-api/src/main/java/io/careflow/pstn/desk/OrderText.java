package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.desk.OutboundOrder.Line;
import io.careflow.pstn.money.Money;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Orders as text: fields as a web form encodes them. Fields that are not known are ignored, so older nodes read newer lines. */
final class OrderText {
    private static final String DUE = "due=";
    private static final String CLOSED = "closed=";

    private OrderText() {}

    static String write(OutboundOrder order) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("tenant", order.tenant().value());
        fields.put("user", order.user());
        fields.put("phone", order.phone());
        fields.put("wanted", order.wanted());
        fields.put("to", order.destinations().stream().map(Destination::address).collect(Collectors.joining(" ")));
        fields.put("shown", order.callerId().e164());
        fields.put("on-net", Boolean.toString(order.onNet()));
        fields.put("lines", lines(order.lines()));
        fields.put("longest", order.longest().toString());
        Money held = order.held();
        if (held != null) {
            fields.put("held", held.toString());
        }
        if (order.priceList() != null) {
            fields.put("prices", order.priceList());
        }
        if (order.room() != null) {
            fields.put("room", order.room());
        }
        fields.put("recorded", Boolean.toString(order.recorded()));
        fields.put("tickets", order.tickets().stream().map(OrderText::encoded).collect(Collectors.joining(" ")));
        fields.put("asked", order.asked().toString());
        if (!order.tried().isEmpty()) {
            fields.put(
                    "tried",
                    order.tried().stream()
                            .map(TriedText::write)
                            .map(OrderText::encoded)
                            .collect(Collectors.joining(" ")));
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static OutboundOrder read(CommandId command, String text) {
        Map<String, String> fields = Arrays.stream(text.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> decoded(field[1])));
        return new OutboundOrder(
                command,
                new TenantId(required(fields, "tenant")),
                required(fields, "user"),
                required(fields, "phone"),
                required(fields, "wanted"),
                words(required(fields, "to")).map(Destination::parse).toList(),
                new PhoneNumber(required(fields, "shown")),
                Boolean.parseBoolean(required(fields, "on-net")),
                words(required(fields, "lines")).map(OrderText::line).toList(),
                Duration.parse(required(fields, "longest")),
                money(fields.get("held")),
                fields.get("prices"),
                fields.get("room"),
                Boolean.parseBoolean(fields.get("recorded")),
                words(fields.getOrDefault("tickets", ""))
                        .map(OrderText::decoded)
                        .toList(),
                Instant.parse(required(fields, "asked")),
                words(fields.getOrDefault("tried", ""))
                        .map(OrderText::decoded)
                        .map(TriedText::read)
                        .toList());
    }

    /** The same order with what it came to. */
    static String due(String order, Money amount) {
        return order + "&" + DUE + encoded(amount.toString());
    }

    /** What it came to, or null if that was not decided yet. */
    static @Nullable Money due(String order) {
        return Arrays.stream(order.split("&", -1))
                .filter(field -> field.startsWith(DUE))
                .findFirst()
                .map(field -> money(decoded(field.substring(DUE.length()))))
                .orElse(null);
    }

    /** The same order that nobody goes on with. */
    static String closed(String order) {
        return order + "&" + CLOSED + true;
    }

    /** Whether nobody goes on with it: what was taken for it is being given back. */
    static boolean isClosed(String order) {
        return Arrays.stream(order.split("&", -1)).anyMatch(field -> field.startsWith(CLOSED));
    }

    private static String lines(List<Line> lines) {
        return lines.stream()
                .map(line -> encoded(line.route()) + "," + encoded(line.trunk()) + "," + encoded(line.carrier()))
                .collect(Collectors.joining(" "));
    }

    private static Line line(String text) {
        String[] parts = text.split(",", -1);
        return new Line(decoded(parts[0]), decoded(parts[1]), decoded(parts[2]));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
    }

    private static @Nullable Money money(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ", 2);
        return Money.of(parts[0], parts[1]);
    }

    private static String required(Map<String, String> fields, String name) {
        String found = fields.get(name);
        if (found == null) {
            throw new IllegalArgumentException("order has no field '" + name + "'; it was not written by a desk");
        }
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
