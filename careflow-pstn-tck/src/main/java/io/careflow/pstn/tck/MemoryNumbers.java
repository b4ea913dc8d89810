package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Numbers of an in-memory provider: those on sale and those of the account. */
final class MemoryNumbers implements NumberInventory {
    private final ProviderId provider;
    private final MemoryLine line;
    private final MemoryAccount account;
    private final Predicate<String> isTrunk;
    private final Map<PhoneNumber, AvailableNumber> onSale = new LinkedHashMap<>();
    private final Map<PhoneNumber, NumberAtCarrier> owned = new LinkedHashMap<>();
    private final Once<NumberOrder, PhoneNumber> orders = new Once<>();

    MemoryNumbers(ProviderId provider, MemoryLine line, MemoryAccount account, Predicate<String> isTrunk) {
        this.provider = provider;
        this.line = line;
        this.account = account;
        this.isTrunk = isTrunk;
    }

    @Override
    public List<AvailableNumber> search(NumberQuery query) {
        return line.read(
                Operation.NUMBER_SEARCH,
                () -> onSale.values().stream()
                        .filter(number -> fits(query, number))
                        .limit(query.limit())
                        .toList());
    }

    @Override
    public NumberAtCarrier order(NumberOrder order) {
        requireNoOptions(Operation.NUMBER_ORDER, order.settings());
        try {
            return line.write(Operation.NUMBER_ORDER, order, () -> bought(order));
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE) {
                throw e;
            }
            return line.read(Operation.NUMBER_ORDER, () -> Optional.ofNullable(owned.get(order.number())))
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public Optional<NumberAtCarrier> find(PhoneNumber number) {
        return line.read(Operation.NUMBER_FIND, () -> Optional.ofNullable(owned.get(number)));
    }

    @Override
    public List<NumberAtCarrier> list() {
        return line.read(Operation.NUMBER_LIST, () -> List.copyOf(owned.values()));
    }

    @Override
    public NumberAtCarrier configure(PhoneNumber number, NumberSettings settings) {
        requireNoOptions(Operation.NUMBER_CONFIGURE, settings);
        return line.write(Operation.NUMBER_CONFIGURE, List.of(number, settings), () -> {
            NumberAtCarrier before = owned(Operation.NUMBER_CONFIGURE, number);
            return set(Operation.NUMBER_CONFIGURE, before, settings);
        });
    }

    @Override
    public void release(PhoneNumber number) {
        line.write(Operation.NUMBER_RELEASE, number, () -> {
            owned.remove(number);
            orders.forget(number::equals);
        });
    }

    void sell(AvailableNumber number) {
        onSale.put(number.number(), number);
    }

    boolean isOnSale(PhoneNumber number) {
        return onSale.containsKey(number);
    }

    void withdraw(PhoneNumber number) {
        onSale.remove(number);
    }

    void own(PhoneNumber number, Set<NumberFeature> features) {
        owned.put(
                number,
                new NumberAtCarrier(
                        number,
                        number.e164(),
                        "",
                        NumberAtCarrier.Status.ACTIVE,
                        "active",
                        features,
                        null,
                        null,
                        null));
    }

    Optional<NumberAtCarrier> peek(PhoneNumber number) {
        return Optional.ofNullable(owned.get(number));
    }

    List<PhoneNumber> onTrunk(String trunk) {
        return owned.values().stream()
                .filter(number -> trunk.equals(number.trunkId()))
                .map(NumberAtCarrier::number)
                .toList();
    }

    void attach(PhoneNumber number, String trunk) {
        NumberAtCarrier before = owned(Operation.TRUNK_ATTACH, number);
        set(Operation.TRUNK_ATTACH, before, NumberSettings.NONE.trunk(trunk));
    }

    void detach(PhoneNumber number, String trunk) {
        NumberAtCarrier was = owned.get(number);
        if (was != null && trunk.equals(was.trunkId())) {
            owned.put(
                    number,
                    new NumberAtCarrier(
                            number,
                            was.id(),
                            was.label(),
                            was.status(),
                            was.rawStatus(),
                            was.features(),
                            was.voiceUrl(),
                            was.messageUrl(),
                            null));
        }
    }

    private NumberAtCarrier bought(NumberOrder order) {
        PhoneNumber ordered = orders.run(
                order.commandId(),
                order,
                () -> line.nothing(Operation.NUMBER_ORDER, "command '" + order.commandId() + "' was another request"),
                () -> buy(order));
        return owned(Operation.NUMBER_ORDER, ordered);
    }

    private PhoneNumber buy(NumberOrder order) {
        PhoneNumber number = order.number();
        if (owned.containsKey(number)) {
            return number;
        }
        AvailableNumber found = onSale.get(number);
        if (found == null) {
            throw new NumberUnavailable(line.nothing(Operation.NUMBER_ORDER, number + " is not for sale"));
        }
        requireTrunk(Operation.NUMBER_ORDER, order.settings());
        account.charge(
                Operation.NUMBER_ORDER, found.price().setup(), found.price().monthly());
        onSale.remove(number);
        own(number, found.features());
        set(Operation.NUMBER_ORDER, owned(Operation.NUMBER_ORDER, number), order.settings());
        return number;
    }

    private NumberAtCarrier set(Operation operation, NumberAtCarrier was, NumberSettings to) {
        requireTrunk(operation, to);
        boolean rerouted = to.trunkId() != null || to.voiceUrl() != null;
        NumberAtCarrier now = new NumberAtCarrier(
                was.number(),
                was.id(),
                to.label() == null ? was.label() : to.label(),
                was.status(),
                was.rawStatus(),
                was.features(),
                rerouted ? to.voiceUrl() : was.voiceUrl(),
                to.messageUrl() == null ? was.messageUrl() : to.messageUrl(),
                rerouted ? to.trunkId() : was.trunkId());
        owned.put(now.number(), now);
        return now;
    }

    private NumberAtCarrier owned(Operation operation, PhoneNumber number) {
        NumberAtCarrier found = owned.get(number);
        if (found == null) {
            throw new NotFound(line.nothing(operation, "number " + number + " is not of this account"));
        }
        return found;
    }

    private void requireTrunk(Operation operation, NumberSettings settings) {
        String trunk = settings.trunkId();
        if (trunk != null && !isTrunk.test(trunk)) {
            throw new InvalidRequest(line.nothing(operation, "trunk " + trunk + " does not exist"));
        }
    }

    private void requireNoOptions(Operation operation, NumberSettings settings) {
        settings.options().keySet().stream().findFirst().ifPresent(option -> {
            throw new UnsupportedFeature(
                    provider, operation.toString(), "option '" + option.name() + "'", List.of("no options"));
        });
    }

    private static boolean fits(NumberQuery query, AvailableNumber number) {
        String digits = number.number().digits();
        String national =
                digits.substring(String.valueOf(number.number().countryCode()).length());
        return number.country().equals(query.country())
                && number.kind() == query.kind()
                && (query.areaCode() == null || national.startsWith(query.areaCode()))
                && (query.pattern() == null
                        || Pattern.compile(query.pattern().replace("*", "[0-9]"))
                                .matcher(digits)
                                .find())
                && (query.locality() == null || query.locality().equalsIgnoreCase(number.locality()))
                && number.features().containsAll(query.features());
    }
}
