package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.CostDimension;
import io.careflow.pstn.cost.CostGroup;
import io.careflow.pstn.cost.CostMonth;
import io.careflow.pstn.cost.CostReport;
import io.careflow.pstn.cost.CostSums;
import io.careflow.pstn.cost.OfferCost;
import io.careflow.pstn.cost.OfferPart;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.ExactTotal;
import java.util.Currency;
import java.util.Map;

/** Reports and comparisons as JSON: amounts as text with 6 decimals at most, by currency. */
final class CostJson {
    private CostJson() {}

    static ObjectNode of(CostReport report) {
        ObjectNode tree = object();
        tree.put("zone", report.zone().getId());
        tree.put("asOf", report.asOf().toString());
        tree.put("undated", report.undated());
        ArrayNode months = tree.putArray("months");
        for (CostMonth month : report.months()) {
            ObjectNode one = months.addObject().put("month", month.month().toString());
            one.setAll(of(month.sums()));
            for (CostDimension dimension : CostDimension.values()) {
                ArrayNode groups = one.putArray(dimension.text());
                for (CostGroup group : month.by(dimension)) {
                    ObjectNode each = groups.addObject().put("name", group.name());
                    each.setAll(of(group.sums()));
                    each.set("allocated", of(group.allocated()));
                }
            }
        }
        report.projection().ifPresent(projection -> tree.set("projected", of(projection.totals())));
        return tree;
    }

    static ObjectNode of(Comparison comparison) {
        ObjectNode tree = object();
        ArrayNode offers = tree.putArray("offers");
        for (OfferCost offer : comparison.offers()) {
            ObjectNode one = offers.addObject().put("provider", offer.provider());
            one.set("known", of(offer.known()));
            one.put("complete", offer.total().isPresent());
            ArrayNode parts = one.putArray("parts");
            for (OfferPart part : offer.parts()) {
                ObjectNode each = parts.addObject().put("what", part.what());
                each.put("side", part.side().name());
                each.set("cost", Values.json(part.cost().map(total -> total.amount(Rounding.DEFAULT))));
                each.put("explanation", part.explanation());
            }
        }
        ObjectNode cheapest = tree.putObject("cheapest");
        comparison.cheapest().forEach((currency, offer) -> cheapest.put(currency.getCurrencyCode(), offer.provider()));
        ObjectNode mixes = tree.putObject("cheapestMix");
        comparison
                .cheapestMix()
                .forEach((currency, mix) -> mixes.putObject(currency.getCurrencyCode())
                        .put("inbound", mix.inbound())
                        .put("outbound", mix.outbound())
                        .put("amount", number(mix.total())));
        return tree;
    }

    private static ObjectNode of(CostSums sums) {
        ObjectNode tree = object();
        tree.set("totals", of(sums.totals()));
        tree.put("unknown", sums.unknown());
        ObjectNode kinds = tree.putObject("kinds");
        sums.parts().forEach((kind, part) -> {
            ObjectNode one = kinds.putObject(kind.text());
            one.put("count", part.count()).put("millis", part.millis()).put("unknown", part.unknown());
            one.set("amounts", of(part.amounts()));
            one.set("reasons", Values.json(part.reasons()));
        });
        return tree;
    }

    private static ObjectNode of(Map<Currency, ExactTotal> amounts) {
        ObjectNode tree = object();
        amounts.forEach((currency, total) -> tree.put(currency.getCurrencyCode(), number(total)));
        return tree;
    }

    private static String number(ExactTotal total) {
        return total.amount(Rounding.DEFAULT).amount().toPlainString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
