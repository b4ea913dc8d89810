package io.careflow.pstn.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumberReader;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Numbers at Twilio. A purchase is one POST; whether a lost one was carried out is read from the account's list. Thread-safe. */
final class TwilioNumbers implements NumberInventory {
    private final TwilioClient client;
    private final NumberPrices prices;
    private final String path;
    private final Commands<NumberOrder, NumberAtCarrier> commands;

    TwilioNumbers(TwilioClient client) {
        this.client = client;
        this.prices = new NumberPrices(client);
        this.commands = new Commands<>(client.id(), "number.order", client.clock());
        this.path = "/2010-04-01/Accounts/" + client.account() + "/IncomingPhoneNumbers";
    }

    @Override
    public Set<Option<?>> options() {
        return NumberForm.OPTIONS;
    }

    @Override
    public List<AvailableNumber> search(NumberQuery query) {
        NumberSearch search = new NumberSearch(client.id(), "number.search", query);
        // Twilio answers 404 where a country has no numbers of that kind.
        List<Fields> found = client.find("number.search", rest -> rest.request(search.request(client.account())))
                .map(page -> page.list("available_phone_numbers"))
                .orElse(List.of());
        if (found.isEmpty()) {
            return List.of();
        }
        NumberPrice price = prices.of(query.country(), query.kind());
        return found.stream()
                .flatMap(number -> search.read(number, price).stream())
                .limit(query.limit())
                .toList();
    }

    @Override
    public NumberAtCarrier order(NumberOrder order) {
        NumberForm form = new NumberForm(client.id(), "number.order", order.settings());
        Request request = new Request(HttpMethod.POST, Domains.API.toString(), path + ".json");
        request.addPostParam("PhoneNumber", order.number().e164());
        form.addTo(request, false);
        return commands.once(
                order.commandId(),
                order,
                () -> bought(order.number(), request),
                doubt -> ours(order.number(), doubt.failure()));
    }

    @Override
    public Optional<NumberAtCarrier> find(PhoneNumber number) {
        return find("number.find", number);
    }

    @Override
    public List<NumberAtCarrier> list() {
        return NumberFields.owned(client.all(
                "number.list",
                "incoming_phone_numbers",
                rest -> IncomingPhoneNumber.reader().setPageSize(1000L).firstPage(rest)));
    }

    @Override
    public NumberAtCarrier configure(PhoneNumber number, NumberSettings settings) {
        NumberForm form = new NumberForm(client.id(), "number.configure", settings);
        NumberAtCarrier owned = client.before("number.configure", () -> find(number))
                .orElseThrow(() -> new NotFound(Failure.of(
                        client.id(), "number.configure", Effect.NONE, "the account does not own the number")));
        Request request = new Request(HttpMethod.POST, Domains.API.toString(), path + "/" + owned.id() + ".json");
        form.addTo(request, true);
        if (request.getPostParams().isEmpty()) {
            return owned;
        }
        return NumberFields.owned(client.json("number.configure", rest -> rest.request(request)));
    }

    @Override
    public void release(PhoneNumber number) {
        Optional<NumberAtCarrier> owned = client.before("number.release", () -> find(number));
        if (owned.isEmpty()) {
            forget(number);
            return;
        }
        try {
            client.done(
                    "number.release",
                    rest -> IncomingPhoneNumber.deleter(owned.get().id()).delete(rest));
        } catch (NotFound e) {
            // Somebody was quicker.
        } finally {
            forget(number);
        }
    }

    /** As {@link #find(PhoneNumber)}, as a part of another operation. */
    Optional<NumberAtCarrier> find(String operation, PhoneNumber number) {
        IncomingPhoneNumberReader reader = IncomingPhoneNumber.reader()
                .setPhoneNumber(new com.twilio.type.PhoneNumber(number.e164()))
                .setPageSize(1000L);
        // Twilio also finds numbers that hold this one.
        return client.all(operation, "incoming_phone_numbers", reader::firstPage).stream()
                .map(NumberFields::owned)
                .filter(owned -> owned.number().equals(number))
                .findFirst();
    }

    private void forget(PhoneNumber number) {
        commands.forget(bought -> bought.number().equals(number));
    }

    private NumberAtCarrier bought(PhoneNumber number, Request request) {
        try {
            return NumberFields.owned(client.json("number.order", rest -> rest.request(request)));
        } catch (NumberUnavailable e) {
            // Taken: perhaps by us, before.
            return ours(number, e);
        }
    }

    private NumberAtCarrier ours(PhoneNumber number, PstnException failure) {
        try {
            return find(number).orElseThrow(() -> failure);
        } catch (PstnException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }
}
