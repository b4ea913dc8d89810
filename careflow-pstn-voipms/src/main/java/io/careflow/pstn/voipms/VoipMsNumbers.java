package io.careflow.pstn.voipms;

import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers at VoIP.ms. Calls go to a sub-account, which is a trunk, or where {@link VoipMsOptions#ROUTING} says; no URL is asked. The
 * label is VoIP.ms's note. Thread-safe.
 */
final class VoipMsNumbers implements NumberInventory {
    private final VoipMsClient client;
    private final NumberRows rows;
    private final Servers servers;
    private final NumberWrites writes;
    private final NumberOrders orders;

    VoipMsNumbers(VoipMsClient client, Servers servers) {
        this.client = client;
        this.servers = servers;
        this.rows = new NumberRows(client);
        this.writes = new NumberWrites(client);
        this.orders = new NumberOrders(client, rows, servers);
    }

    @Override
    public Set<Option<?>> options() {
        return NumberChanges.OPTIONS;
    }

    @Override
    public List<AvailableNumber> search(NumberQuery query) {
        NumberSearch search = new NumberSearch(client.id(), query);
        return client.list(search.request(), "dids").stream()
                .flatMap(row -> search.read(row).stream())
                .limit(query.limit())
                .toList();
    }

    @Override
    public NumberAtCarrier order(NumberOrder order) {
        return orders.order(order);
    }

    @Override
    public Optional<NumberAtCarrier> find(PhoneNumber number) {
        return rows.row("number.find", number).map(row -> NumberRows.owned(row, number));
    }

    @Override
    public List<NumberAtCarrier> list() {
        return rows.rows("number.list").stream()
                .flatMap(row -> rows.owned(row).stream())
                .toList();
    }

    @Override
    public NumberAtCarrier configure(PhoneNumber number, NumberSettings settings) {
        String operation = "number.configure";
        NumberChanges changes = new NumberChanges(client.id(), operation, settings);
        Fields row = Reads.before(operation, () -> rows.row(operation, number))
                .orElseThrow(() -> new NotFound(
                        Failure.of(client.id(), operation, Effect.NONE, "the account does not own the number")));
        String server = changes.server();
        Map<String, String> did = Reads.before(
                operation,
                () -> changes.did(
                        server == null ? null : servers.named(operation, server).pop()));
        Fields changed = writes.did(operation, row, did);
        try {
            writes.sms(operation, row, changes.sms(), false);
        } catch (PstnException e) {
            throw did.isEmpty() ? e : Partly.done(e, operation, "the number was changed");
        }
        return NumberRows.owned(changed, number);
    }

    @Override
    public void release(PhoneNumber number) {
        String operation = "number.release";
        Optional<Fields> owned = Reads.before(operation, () -> rows.row(operation, number));
        try {
            if (owned.isPresent()) {
                Fields unused =
                        client.write(VoipMsCall.of(operation, "cancelDID").with("did", NumberRows.did(owned.get())));
            }
        } catch (NotFound e) {
            // Somebody was quicker.
        } finally {
            orders.forget(number);
        }
    }
}
