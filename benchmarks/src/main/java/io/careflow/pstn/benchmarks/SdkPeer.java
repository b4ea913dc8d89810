package io.careflow.pstn.benchmarks;

import com.twilio.http.HttpMethod;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Number.Event;
import com.twilio.twiml.voice.Say;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;

/**
 * twilio-java with its own client, untouched but for where its connections lead: it has no setting for a base URL, so its Apache
 * HttpClient is told a route to the loopback server, without TLS.
 */
final class SdkPeer {
    private static final String DESTINATION = "+442079460123";
    private static final URI ACTION = URI.create("https://pbx.example.org/twilio/next?memo=0123456789");
    private static final URI CALLBACK = URI.create("https://pbx.example.org/twilio/leg?memo=0123456789#rc=3");

    private final TwilioRestClient client;

    SdkPeer(URI base, String account, String token) {
        HttpHost loopback = new HttpHost(base.getScheme(), base.getHost(), base.getPort());
        client = new TwilioRestClient.Builder(account, token)
                .httpClient(new NetworkHttpClient(
                        HttpClientBuilder.create().setRoutePlanner((target, context) -> new HttpRoute(loopback))))
                .build();
    }

    /** Places a call with these fields of a form. */
    String place(Map<String, List<String>> form) {
        return place(form, one(form, "Twiml"));
    }

    /** Places the same call, its TwiML written by twilio-java too. */
    String placeWriting(Map<String, List<String>> form) {
        String from = one(form, "From");
        com.twilio.twiml.voice.Number number = new com.twilio.twiml.voice.Number.Builder(new PhoneNumber(DESTINATION))
                .statusCallback(CALLBACK)
                .statusCallbackEvents(List.of(Event.INITIATED, Event.RINGING, Event.ANSWERED, Event.COMPLETED))
                .build();
        Dial dial = new Dial.Builder()
                .action(ACTION)
                .answerOnBridge(true)
                .timeout(30)
                .timeLimit(14_400)
                .callerId(from)
                .number(number)
                .build();
        Say say = new Say.Builder("We connect you now.")
                .language(Say.Language.EN_US)
                .build();
        try {
            return place(
                    form,
                    new VoiceResponse.Builder().say(say).dial(dial).build().toXml());
        } catch (TwiMLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String place(Map<String, List<String>> form, String twiml) {
        return Call.creator(new PhoneNumber(one(form, "To")), new PhoneNumber(one(form, "From")), new Twiml(twiml))
                .setTimeout(Integer.valueOf(one(form, "Timeout")))
                .setStatusCallback(one(form, "StatusCallback"))
                .setStatusCallbackMethod(HttpMethod.POST)
                .setStatusCallbackEvent(form.getOrDefault("StatusCallbackEvent", List.of()))
                .create(client)
                .getSid();
    }

    /** Reads the numbers of the account. */
    int list() {
        int count = 0;
        for (IncomingPhoneNumber number :
                IncomingPhoneNumber.reader().setPageSize(1000L).read(client)) {
            count += number.getSid() == null ? 0 : 1;
        }
        return count;
    }

    private static String one(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new IllegalStateException("our request has " + values.size() + " fields " + name);
        }
        return values.get(0);
    }
}
