package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a text costs: so much for each of its parts. */
final class MessageCost implements Cost {
    private final Quotes quotes;
    private final PhoneNumber from;
    private final PhoneNumber to;
    private final int parts;

    MessageCost(Quotes quotes, PhoneNumber from, PhoneNumber to, int parts) {
        this.quotes = quotes;
        this.from = from;
        this.to = to;
        this.parts = parts;
    }

    @Override
    public String text() {
        Quote part = quotes.message(from, to);
        if (!part.isKnown()) {
            return Quote.UNKNOWN + ": " + part.why();
        }
        return all(part.price()) + (parts == 1 ? "" : ": " + parts + " parts at " + part.price());
    }

    @Override
    public void describe(ObjectNode document) {
        Quote part = quotes.message(from, to);
        document.set("price", Values.json(all(part.price())));
        document.set("pricePerPart", Values.json(part.price()));
        if (!part.isKnown()) {
            document.put("priceUnknown", part.why());
        }
    }

    private @Nullable Money all(@Nullable Money part) {
        return part == null ? null : new Money(part.amount().multiply(BigDecimal.valueOf(parts)), part.currency());
    }
}
