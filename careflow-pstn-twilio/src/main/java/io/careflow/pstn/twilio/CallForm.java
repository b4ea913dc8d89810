package io.careflow.pstn.twilio;

import static io.careflow.pstn.twilio.TwilioOptions.AWAIT_GREETING_END;
import static io.careflow.pstn.twilio.TwilioOptions.BYOC_TRUNK_SID;
import static io.careflow.pstn.twilio.TwilioOptions.CALL_REASON;
import static io.careflow.pstn.twilio.TwilioOptions.CALL_TOKEN;
import static io.careflow.pstn.twilio.TwilioOptions.DIGITS_ON_ANSWER;
import static io.careflow.pstn.twilio.TwilioOptions.RECORDING_CHANNELS;
import static io.careflow.pstn.twilio.TwilioOptions.SIP_PASSWORD;
import static io.careflow.pstn.twilio.TwilioOptions.SIP_USERNAME;

import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.type.Client;
import com.twilio.type.Endpoint;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Sip;
import com.twilio.type.Twiml;
import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.UnsupportedFeature;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is sent to place a call. Refuses what Twilio cannot do. Immutable and thread-safe. */
final class CallForm {
    static final Set<Option<?>> OPTIONS = Set.of(
            CALL_REASON,
            SIP_USERNAME,
            SIP_PASSWORD,
            BYOC_TRUNK_SID,
            CALL_TOKEN,
            DIGITS_ON_ANSWER,
            RECORDING_CHANNELS,
            AWAIT_GREETING_END);

    private static final List<String> EVENTS = List.of("initiated", "ringing", "answered", "completed");
    private static final List<String> RECORDING_EVENTS = List.of("completed", "absent");

    private final ProviderId provider;
    private final @Nullable Callbacks callbacks;

    private final @Nullable String sipDomain;

    private final boolean usersAreClients;

    /**
     * @param sipDomain the host of SIP users whose address names none
     * @param usersAreClients whether those are clients of the Voice SDK
     */
    CallForm(ProviderId provider, @Nullable Callbacks callbacks, @Nullable String sipDomain, boolean usersAreClients) {
        this.provider = provider;
        this.callbacks = callbacks;
        this.sipDomain = sipDomain;
        this.usersAreClients = usersAreClients;
    }

    /** Refuses what cannot be honoured; nothing is sent. */
    void check(CallRequest request, boolean recorded) {
        request.requireOnly(
                provider, EnumSet.of(CallRequest.Feature.LONGEST, CallRequest.Feature.MACHINE_DETECTION), OPTIONS);
        if (callbacks == null && request.detectMachine()) {
            throw new UnsupportedFeature(
                    provider,
                    "call.place",
                    "detecting machines, where no public URL is set at which it could be told,",
                    List.of("a longest call"));
        }
        boolean sip = WebClient.ringing(request.to(), usersAreClients) instanceof Destination.Sip;
        boolean number = request.to() instanceof Destination.Phone;
        value(request, CALL_REASON, "1 to 50 characters", text -> !text.isBlank() && text.length() <= 50);
        value(request, BYOC_TRUNK_SID, "'BY' and 32 hexadecimal digits", sid -> Sid.is("BY", sid));
        value(request, BYOC_TRUNK_SID, "a call to a number", sid -> number);
        value(request, CALL_TOKEN, "a text", text -> !text.isBlank());
        value(
                request,
                SIP_USERNAME,
                "a call to a SIP address, with a password",
                user -> sip && has(request, SIP_PASSWORD));
        value(
                request,
                SIP_PASSWORD,
                "a call to a SIP address, with a username",
                word -> sip && has(request, SIP_USERNAME));
        value(
                request,
                DIGITS_ON_ANSWER,
                "1 to 32 of 0-9, A-D, *, #, w and W",
                digits -> digits.matches("[0-9A-D*#wW]{1,32}"));
        // Twilio would silently not detect anything.
        value(request, DIGITS_ON_ANSWER, "a call that does not detect machines", digits -> !request.detectMachine());
        value(request, RECORDING_CHANNELS, "1 and 2", channels -> channels == 1 || channels == 2);
        value(request, RECORDING_CHANNELS, "a call that is recorded from the answer on", channels -> recorded);
        value(request, AWAIT_GREETING_END, "a call that detects machines", wait -> request.detectMachine());
    }

    /** The whole form. */
    CallCreator creator(CallRequest request, PlacedMemo placed, String twiml, boolean recorded) {
        CallCreator form = Call.creator(
                        endpoint(request.to()),
                        new PhoneNumber(request.callerId().e164()),
                        new Twiml(twiml))
                .setTimeout(seconds(request.ringFor()));
        if (request.longest() != null) {
            form.setTimeLimit(seconds(request.longest()));
        }
        option(request, CALL_REASON).ifPresent(form::setCallReason);
        option(request, SIP_USERNAME).ifPresent(form::setSipAuthUsername);
        option(request, SIP_PASSWORD).ifPresent(password -> form.setSipAuthPassword(password.reveal()));
        option(request, BYOC_TRUNK_SID).ifPresent(form::setByoc);
        option(request, CALL_TOKEN).ifPresent(form::setCallToken);
        option(request, DIGITS_ON_ANSWER).ifPresent(form::setSendDigits);
        if (recorded) {
            record(form, request);
        }
        if (callbacks != null) {
            form.setStatusCallback(callbacks.call(placed))
                    .setStatusCallbackMethod(HttpMethod.POST)
                    .setStatusCallbackEvent(EVENTS);
            if (request.detectMachine()) {
                boolean patient = option(request, AWAIT_GREETING_END).orElse(false);
                // In the background: the one who answers hears us at once.
                form.setMachineDetection(patient ? "DetectMessageEnd" : "Enable")
                        .setAsyncAmd("true")
                        .setAsyncAmdStatusCallback(callbacks.machine())
                        .setAsyncAmdStatusCallbackMethod(HttpMethod.POST);
            }
        }
        return form;
    }

    private void record(CallCreator form, CallRequest request) {
        int channels = option(request, RECORDING_CHANNELS).orElse(2);
        // Not trimmed, so that moments in the recording are moments of the call.
        form.setRecord(true)
                .setRecordingChannels(channels == 1 ? "mono" : "dual")
                .setTrim("do-not-trim");
        if (callbacks != null) {
            form.setRecordingStatusCallback(callbacks.recording().toString())
                    .setRecordingStatusCallbackMethod(HttpMethod.POST)
                    .setRecordingStatusCallbackEvent(RECORDING_EVENTS);
        }
    }

    /** Whom Twilio is told to call. */
    String address(Destination to) {
        return endpoint(to).getEndpoint();
    }

    private Endpoint endpoint(Destination asked) {
        Destination to = WebClient.ringing(asked, usersAreClients);
        if (to instanceof Destination.Phone phone) {
            return new PhoneNumber(phone.number().e164());
        }
        if (to instanceof Destination.Sip sip && sip.sip().host() != null) {
            return new Sip(sip.address());
        }
        if (to instanceof Destination.Sip sip && sipDomain != null) {
            return new Sip(sip.address() + "@" + sipDomain);
        }
        if (to instanceof WebClient client) {
            return new Client(client.address());
        }
        String what = to instanceof Destination.Sip
                ? "a SIP user without a host, where no SIP domain is set,"
                : "destination " + to.getClass().getSimpleName();
        throw new UnsupportedFeature(
                provider,
                "call.place",
                what,
                List.of(
                        "a number",
                        "a SIP address with a host such as sip:u@example.org",
                        "a client of the Voice SDK"));
    }

    private <T> void value(CallRequest request, Option<T> option, String allowed, Predicate<T> test) {
        if (option(request, option).filter(test.negate()).isPresent()) {
            throw new UnsupportedFeature(
                    provider, "call.place", "this value of option '" + option.name() + "'", List.of(allowed));
        }
    }

    private static boolean has(CallRequest request, Option<?> option) {
        return request.options().containsKey(option);
    }

    private static <T> Optional<T> option(CallRequest request, Option<T> option) {
        return Optional.ofNullable(request.options().get(option)).map(option.type()::cast);
    }

    // A part of a second counts as one.
    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
    }
}
