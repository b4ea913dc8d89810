package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.TrunkRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values of the API as JSON and as text. A record becomes an object with the names of its components, so that whatever an API
 * record gains is shown without anybody having to think of it; only secrets are left out, whatever they are called.
 */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {}

    static JsonNode json(@Nullable Object value) {
        if (value instanceof JsonNode ready) {
            return ready;
        } else if (value == null) {
            return JSON.nullNode();
        } else if (value instanceof Secret) {
            throw new IllegalArgumentException("a secret is not shown");
        } else if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            return JSON.numberNode(((Number) value).longValue());
        } else if (value instanceof Money money) {
            return JSON.objectNode()
                    .put("amount", money.amount().toPlainString())
                    .put("currency", money.currency().getCurrencyCode());
        } else if (value instanceof Optional<?> maybe) {
            return json(maybe.orElse(null));
        } else if (value instanceof Collection<?> values) {
            ArrayNode array = JSON.arrayNode();
            ordered(values).forEach(element -> array.add(json(element)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            return object(map);
        } else if (value instanceof Record record && word(value).isEmpty()) {
            return object(record);
        }
        return JSON.textNode(word(value).orElseGet(value::toString));
    }

    /** One line for people: a dash for nothing, no control characters, whoever sent them. */
    static String text(@Nullable Object value) {
        if (value == null || (value instanceof Optional<?> none && none.isEmpty())) {
            return "-";
        } else if (value instanceof Optional<?> some) {
            return text(some.orElseThrow());
        } else if (value instanceof Collection<?> values) {
            return values.isEmpty() ? "-" : ordered(values).map(Values::text).collect(Collectors.joining(", "));
        } else if (value instanceof Duration length) {
            return Lengths.text(length);
        }
        String text = word(value).orElseGet(value::toString);
        return text.isEmpty() ? "-" : printable(text);
    }

    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** What is written as one word though it may be a record. */
    private static Optional<String> word(Object value) {
        if (value instanceof PhoneNumber number) {
            return Optional.of(number.e164());
        } else if (value instanceof CallRef ref) {
            return Optional.of(ref.id());
        } else if (value instanceof MessageRef ref) {
            return Optional.of(ref.id());
        } else if (value instanceof RecordingRef ref) {
            return Optional.of(ref.id());
        } else if (value instanceof TrunkRef ref) {
            return Optional.of(ref.id());
        } else if (value instanceof Party party) {
            return Optional.of(party.address());
        } else if (value instanceof Destination destination) {
            return Optional.of(destination.address());
        } else if (value instanceof Option<?> option) {
            return Optional.of(option.name());
        } else if (value instanceof URI url) {
            return Optional.of(withoutUser(url));
        } else if (value instanceof ProviderId
                || value instanceof CommandId
                || value instanceof TenantId
                || value instanceof IpRange
                || value instanceof SipAddress
                || value instanceof Money) {
            return Optional.of(value.toString());
        }
        return Optional.empty();
    }

    /** URLs that carriers ask may carry a password. */
    private static String withoutUser(URI url) {
        return url.toString().replaceFirst("^([^/?#]*//)[^/?#]*@", "$1[...]@");
    }

    private static ObjectNode object(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(text(key), value));
        ObjectNode object = JSON.objectNode();
        sorted.forEach((key, value) -> object.set(key, json(value)));
        return object;
    }

    private static ObjectNode object(Record record) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getType() != Secret.class) {
                object.set(component.getName(), json(read(component, record)));
            }
        }
        return object;
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("record component " + component.getName() + " cannot be read", e);
        }
    }

    /** Sets have no order; their text has, so that the same thing is shown the same way each time. */
    private static Stream<?> ordered(Collection<?> values) {
        return values instanceof Set ? values.stream().sorted((a, b) -> text(a).compareTo(text(b))) : values.stream();
    }
}
