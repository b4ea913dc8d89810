package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a minute of a call costs, and a minute of each leg that it dials once it is answered. */
final class CallCost implements Cost {
    private final Quotes quotes;
    private final PhoneNumber from;
    private final Destination to;
    private final List<Destination> dialled;

    CallCost(Quotes quotes, PhoneNumber from, Destination to, List<Destination> dialled) {
        this.quotes = quotes;
        this.from = from;
        this.to = to;
        this.dialled = List.copyOf(dialled);
    }

    @Override
    public String text() {
        List<Leg> legs = legs();
        Set<String> reasons = reasons(legs);
        if (reasons.size() == 1 && legs.stream().noneMatch(leg -> leg.quote().isKnown())) {
            return Quote.UNKNOWN + ": " + reasons.iterator().next();
        }
        StringBuilder text = new StringBuilder(minute(legs.get(0).quote(), ""));
        for (Leg leg : legs.subList(1, legs.size())) {
            text.append(", plus ")
                    .append(minute(leg.quote(), " for --dial " + leg.to().address()));
        }
        return text.toString();
    }

    @Override
    public void describe(ObjectNode document) {
        List<Leg> legs = legs();
        document.set("pricePerMinute", Values.json(legs.get(0).quote().price()));
        if (legs.size() > 1) {
            ArrayNode more = document.putArray("dialled");
            for (Leg leg : legs.subList(1, legs.size())) {
                ObjectNode one = more.addObject();
                one.set("to", Values.json(leg.to()));
                one.set("pricePerMinute", Values.json(leg.quote().price()));
            }
        }
        Set<String> reasons = reasons(legs);
        if (!reasons.isEmpty()) {
            document.put("priceUnknown", String.join("; ", reasons));
        }
    }

    private List<Leg> legs() {
        List<Leg> legs = new ArrayList<>();
        legs.add(new Leg(to, quotes.call(from, to)));
        dialled.forEach(whom -> legs.add(new Leg(whom, quotes.call(from, whom))));
        return legs;
    }

    private static Set<String> reasons(List<Leg> legs) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Leg leg : legs) {
            if (!leg.quote().isKnown()) {
                reasons.add(leg.quote().why());
            }
        }
        return reasons;
    }

    private static String minute(Quote quote, String what) {
        return quote.isKnown() ? quote.price() + " a minute" + what : Quote.UNKNOWN + what + ": " + quote.why();
    }

    private record Leg(Destination to, Quote quote) {}
}
