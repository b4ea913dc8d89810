package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers at Telnyx. Where calls go is the number's one connection: a trunk or an application; URLs are the application's. The label
 * is Telnyx's {@code customer_reference}. Telnyx does not tell what an owned number costs: keep what the search said. Thread-safe.
 */
final class TelnyxNumbers implements NumberInventory {
    private final TelnyxClient client;
    private final NumberRows rows;
    private final NumberOrders orders;
    private final TelnyxRequirements requirements;

    TelnyxNumbers(TelnyxClient client) {
        this.client = client;
        this.rows = new NumberRows(client);
        this.orders = new NumberOrders(client, rows);
        this.requirements = new TelnyxRequirements(client);
    }

    @Override
    public Set<Option<?>> options() {
        return NumberChanges.ofOrders();
    }

    @Override
    public List<AvailableNumber> search(NumberQuery query) {
        NumberSearch search = new NumberSearch(client.id(), query);
        List<Fields> found = client.send(search.request()).fields().list("data");
        List<Fields> whole = found.stream()
                .filter(number -> !NumberSearch.isRedacted(number))
                .toList();
        if (whole.isEmpty() && !found.isEmpty()) {
            throw new NotPermitted(
                    Failure.of(
                            client.id(),
                            "number.search",
                            Effect.NONE,
                            "Telnyx hides the last digits of numbers from trial accounts"),
                    NotPermitted.Why.TRIAL);
        }
        if (whole.isEmpty()) {
            return List.of();
        }
        boolean addressRequired = isAddressRequired(query);
        return whole.stream()
                .flatMap(number -> search.read(number, addressRequired).stream())
                .limit(query.limit())
                .toList();
    }

    @Override
    public NumberAtCarrier order(NumberOrder order) {
        return orders.order(order);
    }

    @Override
    public Optional<NumberAtCarrier> find(PhoneNumber number) {
        return rows.find("number.find", number);
    }

    @Override
    public List<NumberAtCarrier> list() {
        return rows.list("number.list");
    }

    @Override
    public NumberAtCarrier configure(PhoneNumber number, NumberSettings settings) {
        String operation = "number.configure";
        NumberChanges changes = new NumberChanges(client.id(), operation, settings, false);
        NumberAtCarrier owned = Reads.before(operation, () -> rows.find(operation, number))
                .orElseThrow(() -> new NotFound(
                        Failure.of(client.id(), operation, Effect.NONE, "the account does not own the number")));
        NumberWrites writes = new NumberWrites(client, operation, owned.id(), null);
        ObjectNode body = changes.number(client.object());
        Fields changed = writes.number(body);
        writes.voice(changes.voice(client.object()));
        writes.messaging(changes.messaging(client.object()));
        writes.emergency(changes.emergency(client.object()));
        Set<NumberFeature> features = owned.features();
        return changed == null ? owned : NumberRows.owned(changed, features);
    }

    @Override
    public void release(PhoneNumber number) {
        String operation = "number.release";
        Optional<Fields> owned = Reads.before(operation, () -> rows.row(operation, number));
        if (owned.isEmpty()) {
            orders.forget(number);
            return;
        }
        if (owned.get().bool("deletion_lock_enabled").orElse(false)) {
            throw new Conflict(
                    Failure.of(client.id(), operation, Effect.NONE, "the number is locked against deletion at Telnyx"));
        }
        String id = Reads.before(operation, () -> owned.get().requireText("id"));
        try {
            Object unused = client.send(HttpCall.of(operation, "DELETE", "phone_numbers", id));
        } catch (NotFound e) {
            // Somebody was quicker.
        } finally {
            orders.forget(number);
        }
    }

    // Telnyx says it of countries and kinds, not of numbers.
    private boolean isAddressRequired(NumberQuery query) {
        try {
            return requirements.of("number.search", query.country(), query.kind()).stream()
                    .anyMatch(requirement -> requirement.type().equals("address"));
        } catch (InvalidRequest e) {
            // A kind of which its catalogue knows nothing.
            return false;
        }
    }
}
