package io.careflow.pstn.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object of a carrier field by field, with patience for carriers' habits: numbers as text, one object instead of a
 * list of one, empty texts for what is absent. A field that is absent, null or a blank text is empty; fields that nobody asks for
 * do no harm. What is required and absent, or there and not to be understood, is a {@link ProtocolError} that names the field and
 * never quotes its value. Immutable and thread-safe as long as nobody changes the tree.
 */
public final class Fields {
    private final EffectRule rule;
    private final String operation;
    private final String path;
    private final JsonNode node;

    Fields(EffectRule rule, String operation, String path, JsonNode node) {
        this.rule = rule;
        this.operation = operation;
        this.path = path;
        this.node = node;
    }

    /** The fields of an object that did not come as an answer, such as an event's. Anything else than an object is empty. */
    public static Fields of(ProviderId provider, String operation, JsonNode node) {
        return new Fields(new EffectRule(provider), operation, "", node);
    }

    /** The tree itself. */
    public JsonNode node() {
        return node;
    }

    /** Whether the field is there and not null; a blank text counts as there. */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** The names of all fields. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Text; a number or a truth value as it is written. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(scalar(name));
    }

    /** As {@link #text}, and required. */
    public String requireText(String name) {
        return required(name, text(name));
    }

    /** A whole number of 32 bits. */
    public OptionalInt integer(String name) {
        Optional<Integer> value = read(name, "a whole number of 32 bits", t -> new BigDecimal(t).intValueExact());
        return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }

    /** As {@link #integer}, and required. */
    public int requireInteger(String name) {
        return integer(name).orElseThrow(missing(name));
    }

    /** A whole number of 64 bits. */
    public OptionalLong longInteger(String name) {
        Optional<Long> value = read(name, "a whole number of 64 bits", t -> new BigDecimal(t).longValueExact());
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /** As {@link #longInteger}, and required. */
    public long requireLongInteger(String name) {
        return longInteger(name).orElseThrow(missing(name));
    }

    /** A decimal, exactly as written. */
    public Optional<BigDecimal> decimal(String name) {
        return read(name, "a decimal", BigDecimal::new);
    }

    /** As {@link #decimal}, and required. */
    public BigDecimal requireDecimal(String name) {
        return required(name, decimal(name));
    }

    /** An amount of this currency, with the sign it has. */
    public Optional<Money> money(String name, Currency currency) {
        return read(name, "an amount", t -> new Money(new BigDecimal(t), currency));
    }

    /** As {@link #money(String, Currency)}, and required. */
    public Money requireMoney(String name, Currency currency) {
        return required(name, money(name, currency));
    }

    /** An amount whose currency stands in another field, which is required where there is an amount. */
    public Optional<Money> money(String name, String currencyField) {
        return decimal(name).isEmpty() ? Optional.empty() : money(name, requireCurrency(currencyField));
    }

    /** As {@link #money(String, String)}, and required. */
    public Money requireMoney(String name, String currencyField) {
        return required(name, money(name, currencyField));
    }

    /** An ISO 4217 code in any case. */
    public Optional<Currency> currency(String name) {
        return read(name, "an ISO 4217 code", t -> Currency.getInstance(t.toUpperCase(Locale.ROOT)));
    }

    /** As {@link #currency}, and required. */
    public Currency requireCurrency(String name) {
        return required(name, currency(name));
    }

    /**
     * A moment: ISO 8601 or RFC 2822 (RFC 1123) with an offset, or a count since 1970: of milliseconds if it is beyond
     * 100,000,000,000, else of seconds. A time without offset is refused; give its zone to {@link #instant(String, ZoneId)}.
     */
    public Optional<Instant> instant(String name) {
        return read(name, "a moment with an offset", t -> Moments.parse(t, null));
    }

    /** As {@link #instant(String)}, where a time without offset is one of this zone. */
    public Optional<Instant> instant(String name, ZoneId zone) {
        return read(name, "a moment", t -> Moments.parse(t, zone));
    }

    /** As {@link #instant(String)}, and required. */
    public Instant requireInstant(String name) {
        return required(name, instant(name));
    }

    /** As {@link #instant(String, ZoneId)}, and required. */
    public Instant requireInstant(String name, ZoneId zone) {
        return required(name, instant(name, zone));
    }

    /** A truth value: true, 1, yes, y, on, or false, 0, no, n, off; in any case. */
    public Optional<Boolean> bool(String name) {
        return read(name, "true or false", Fields::truth);
    }

    /** As {@link #bool}, and required. */
    public boolean requireBool(String name) {
        return required(name, bool(name));
    }

    /** A duration of so many seconds, decimals allowed, or written {@code hh:mm:ss}; not negative. */
    public Optional<Duration> seconds(String name) {
        return read(name, "a duration in seconds", Moments::seconds);
    }

    /** As {@link #seconds}, and required. */
    public Duration requireSeconds(String name) {
        return required(name, seconds(name));
    }

    /** A URI, absolute or not. */
    public Optional<URI> uri(String name) {
        return read(name, "a URI", URI::create);
    }

    /** An object; an empty text or an empty list counts as absent, as PHP writes an object without fields. */
    public Optional<Fields> object(String name) {
        JsonNode value = node.path(name);
        if (isAbsent(value) || (value.isArray() && value.isEmpty())) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(name, "an object");
        }
        return Optional.of(new Fields(rule, operation, path + name + ".", value));
    }

    /** As {@link #object}, and required. */
    public Fields requireObject(String name) {
        return required(name, object(name));
    }

    /** A list of objects; one object counts as a list of one, an absent list as empty. */
    public List<Fields> list(String name) {
        List<Fields> all = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.isObject()) {
                throw wrong(name, "a list of objects");
            }
            all.add(new Fields(rule, operation, path + name + "[" + all.size() + "].", item));
        }
        return List.copyOf(all);
    }

    /** As {@link #list}, where the field must be there, empty or not. */
    public List<Fields> requireList(String name) {
        if (!has(name)) {
            throw missing(name).get();
        }
        return list(name);
    }

    /** A list of texts; one text counts as a list of one, an absent list as empty. */
    public List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.isValueNode() || item.isNull()) {
                throw wrong(name, "a list of texts");
            }
            all.add(item.asText());
        }
        return List.copyOf(all);
    }

    /**
     * For what no other method reads: a field's text turned into a value. An exception of the parser becomes a ProtocolError
     * that does not quote it.
     *
     * @param expected what should stand there, for people
     */
    public <T> Optional<T> read(String name, String expected, Function<String, T> parser) {
        String text = scalar(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.strip()));
        } catch (RuntimeException e) {
            throw wrong(name, expected);
        }
    }

    /** The field does not hold what it should: the failure to throw for it. */
    public ProtocolError wrong(String name, String expected) {
        return rule.unreadable(operation, "field " + path + name + " is not " + expected);
    }

    /** Names of fields only. */
    @Override
    public String toString() {
        return "Fields" + names();
    }

    private List<JsonNode> items(String name) {
        JsonNode value = node.path(name);
        if (isAbsent(value)) {
            return List.of();
        }
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else {
            items.add(value);
        }
        return items;
    }

    private @Nullable String scalar(String name) {
        JsonNode value = node.path(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isValueNode()) {
            throw wrong(name, "a single value");
        }
        return value.asText();
    }

    private <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(missing(name));
    }

    private Supplier<ProtocolError> missing(String name) {
        return () -> rule.unreadable(operation, "field " + path + name + " is missing");
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank());
    }

    private static Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "y", "on" -> true;
            case "false", "0", "no", "n", "off" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}
