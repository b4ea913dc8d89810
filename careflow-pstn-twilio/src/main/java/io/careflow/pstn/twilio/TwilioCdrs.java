package io.careflow.pstn.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.Call;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.http.Fields;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Calls as Twilio recorded and billed them (https://www.twilio.com/docs/voice/api/call-resource): one record for each leg, those
 * of SIP trunks included. Prices are null until Twilio has rated a call, which takes seconds to a day. Thread-safe.
 */
final class TwilioCdrs implements ProviderCdrs {
    private static final String PULL = "cdr.pull";
    private static final String PAGE_SIZE = "1000";

    private final TwilioClient client;
    private final CallRecords records;

    TwilioCdrs(TwilioClient client) {
        this.client = client;
        this.records = new CallRecords(client.id());
    }

    @Override
    public long pull(Instant from, Instant to, Consumer<ProviderCdr> sink) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "span " + from + " to " + to + " is empty; its end must lie after its start");
        }
        Request request = spanned(from, to);
        AtomicLong count = new AtomicLong();
        client.pages(PULL, "calls", rest -> rest.request(request), fields -> {
            if (isWithin(fields, from, to)) {
                sink.accept(records.cdr(fields));
                count.incrementAndGet();
            }
        });
        return count.get();
    }

    @Override
    public Optional<ProviderCdr> find(CallRef call) {
        String sid = new Ids(client.id()).call("cdr.find", call);
        return client.find("cdr.find", rest -> Call.fetcher(sid).fetch(rest)).map(records::cdr);
    }

    // By hand: the reader of twilio-java writes these filters as date and time, of which Twilio documents the date
    // only.
    private Request spanned(Instant from, Instant to) {
        Request request = new Request(
                HttpMethod.GET, Domains.API.toString(), "/2010-04-01/Accounts/" + client.account() + "/Calls.json");
        request.addQueryParam("StartTime>", day(from).toString());
        // "Before this date": the day after the last moment that counts.
        request.addQueryParam("StartTime<", day(to.minusNanos(1)).plusDays(1).toString());
        request.addQueryParam("PageSize", PAGE_SIZE);
        return request;
    }

    private static boolean isWithin(Fields fields, Instant from, Instant to) {
        return CallRecords.started(fields)
                .filter(started -> !started.isBefore(from) && started.isBefore(to))
                .isPresent();
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
