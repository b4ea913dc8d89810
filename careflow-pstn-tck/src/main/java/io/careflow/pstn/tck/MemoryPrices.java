package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.money.Money;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The price list of an in-memory provider: by the beginning of the number that is called or texted. Empty at first. */
final class MemoryPrices implements Prices {
    private final MemoryLine line;
    private final Map<String, Money> calls = new LinkedHashMap<>();
    private final Map<String, Money> texts = new LinkedHashMap<>();

    MemoryPrices(MemoryLine line) {
        this.line = line;
    }

    @Override
    public Optional<CallPrice> call(PhoneNumber from, PhoneNumber to) {
        return line.read(
                "price.call",
                () -> longest(calls, to)
                        .map(found -> new CallPrice(found.getValue(), "to numbers that begin with " + found.getKey())));
    }

    @Override
    public Optional<Money> message(PhoneNumber from, PhoneNumber to) {
        return line.read("price.message", () -> longest(texts, to).map(Map.Entry::getValue));
    }

    void call(String beginning, Money perMinute) {
        calls.put(beginning, perMinute);
    }

    void text(String beginning, Money perPart) {
        texts.put(beginning, perPart);
    }

    private static Optional<Map.Entry<String, Money>> longest(Map<String, Money> list, PhoneNumber to) {
        return list.entrySet().stream()
                .filter(each -> to.e164().startsWith(each.getKey()))
                .max(Comparator.comparingInt(each -> each.getKey().length()));
    }
}
