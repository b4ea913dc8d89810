package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.careflow.pstn.twilio.Resource.CALL;
import static io.careflow.pstn.twilio.Resource.OTHER_CALL;
import static io.careflow.pstn.twilio.Resource.call;
import static io.careflow.pstn.twilio.Resource.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.http.Fault;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioCallControlTest extends WireMockTwilio {
    private static final String CALLS = V2010 + "/Calls.json";
    private static final String ONE = V2010 + "/Calls/" + CALL + ".json";
    private static final PhoneNumber OWNED = new PhoneNumber("+14165550142");
    private static final Destination NUMBER = Destination.number(new PhoneNumber("+14165550199"));
    private static final CallRef REF = new CallRef(new ProviderId("twilio"), CALL);
    private static final CallRef OTHER = new CallRef(new ProviderId("twilio"), OTHER_CALL);
    private static final CallFlow HELLO =
            CallFlow.start().say("Hello.", Locale.CANADA).hangUp();
    private static final String CREATED = "Sun, 01 Mar 2026 12:00:00 +0000";

    private final List<PstnEvent> told = new CopyOnWriteArrayList<>();

    @Override
    TwilioBuilder settings() {
        return super.settings()
                .publicUrl(URI.create("https://phone.example.org/twilio"))
                .telling(told::add);
    }

    @Test
    void placesACallWithItsFlowTimesAndCallbacks() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));

        Call placed = calls().place(
                        request("one").ringingFor(Duration.ofMillis(20_500)).lastingAtMost(Duration.ofMinutes(10)));

        assertThat(placed).isEqualTo(new Call(REF, Call.Status.QUEUED, "queued"));
        wire.verify(
                1, postRequestedFor(urlEqualTo(CALLS)).withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
        List<String> form = form(requests().get(0));
        assertThat(form)
                .contains(
                        "To=+14165550199",
                        "From=+14165550142",
                        "Timeout=21",
                        "TimeLimit=600",
                        "StatusCallbackMethod=POST",
                        "StatusCallbackEvent=initiated",
                        "StatusCallbackEvent=ringing",
                        "StatusCallbackEvent=answered",
                        "StatusCallbackEvent=completed")
                .anyMatch(field -> field.matches(
                        "StatusCallback=https://phone[.]example[.]org/twilio/status[?]memo=[\\w-]+#rc=3&rp=ct,rt,5xx"))
                .noneMatch(field -> field.startsWith("Record") || field.startsWith("MachineDetection"));
        assertThat(form)
                .filteredOn(field -> field.startsWith("Twiml="))
                .singleElement()
                .asString()
                .contains("<Response><Say language=\"en-CA\"");
    }

    @Test
    void tellsThatTheCallIsOnItsWayAndWhatItsFlowNotes() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));
        CallNote note = new CallNote(new TenantId("clinic"), null, null, null, null);

        calls().place(CallRequest.of(new CommandId("one"), OWNED, NUMBER, HELLO.noting(note))
                .forTenant(new TenantId("clinic")));

        assertThat(told)
                .satisfiesExactly(
                        event -> assertThat(event)
                                .isEqualTo(new OutboundCall(
                                        CALL + ":placed",
                                        NOW,
                                        REF,
                                        new TenantId("clinic"),
                                        Party.of(OWNED),
                                        NUMBER,
                                        new CommandId("one"))),
                        event -> assertThat(event)
                                .isInstanceOfSatisfying(
                                        CallNoted.class,
                                        noted -> assertThat(noted.note()).isEqualTo(note)));
    }

    @Test
    void whoeverHearsOnlyOfTheEndKnowsHowTheCallBegan() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));
        calls().place(CallRequest.of(new CommandId("one"), OWNED, NUMBER, HELLO).forTenant(new TenantId("clinic")));
        String callback = form(requests().get(0)).stream()
                .filter(field -> field.startsWith("StatusCallback="))
                .map(field -> field.substring("StatusCallback=".length()))
                .findFirst()
                .orElseThrow();
        List<PstnEvent> placed = List.copyOf(told);
        told.clear();

        Map<String, String> end = Desk.call("completed", "CallSid", CALL, "Direction", "outbound-api");
        end.put("CallbackSource", "call-progress-events");
        end.put("CallDuration", "7");
        String altered = callback.replaceFirst("memo=.", "memo=_");
        Webhooks webhooks = twilio.require(Webhooks.class);
        assertThat(webhooks.answer(signed(altered, end)).status()).isEqualTo(403);
        assertThat(webhooks.answer(signed(callback, end)).status()).isEqualTo(204);

        assertThat(told)
                .satisfiesExactly(
                        event -> assertThat(event).isInstanceOf(LegDialled.class),
                        event -> assertThat(event).isInstanceOf(LegAnswered.class),
                        event -> assertThat(event).isInstanceOf(CallAnswered.class),
                        event -> assertThat(event).isInstanceOf(LegEnded.class),
                        event -> assertThat(event).isEqualTo(placed.get(0)),
                        event -> assertThat(event).isInstanceOf(CallEnded.class));
    }

    private static WebhookRequest signed(String url, Map<String, String> fields) {
        String called = url.replaceFirst("#.*", "");
        return WebhookRequest.post(called, Signing.form(fields))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", Signing.sign(TOKEN.reveal(), called, new TreeMap<>(fields)));
    }

    @Test
    void aListenerThatFailsDoesNotMakeAPlacedCallAFailure() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));
        try (TwilioProvider clumsy = super.settings()
                .telling(event -> {
                    throw new IllegalStateException("listener");
                })
                .build()) {
            Call placed = clumsy.require(CallControl.class)
                    .place(CallRequest.of(
                            new CommandId("one"),
                            OWNED,
                            NUMBER,
                            CallFlow.start().hangUp()));

            assertThat(placed.ref()).isEqualTo(REF);
        }
    }

    @Test
    void callsASipAddressWithItsCredentials() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));

        calls().place(CallRequest.of(
                        new CommandId("one"), OWNED, Destination.sip("sip:bob@sip.example.org:5070"), HELLO)
                .with(TwilioOptions.SIP_USERNAME, "bob")
                .with(TwilioOptions.SIP_PASSWORD, Secret.of("hunter2hunter2")));

        assertThat(form(requests().get(0)))
                .contains("To=sip:bob@sip.example.org:5070", "SipAuthUsername=bob", "SipAuthPassword=hunter2hunter2");
    }

    @Test
    void callsAClientOfTheVoiceSdk() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));

        calls().place(CallRequest.of(new CommandId("one"), OWNED, new WebClient("bob"), HELLO));

        assertThat(form(requests().get(0))).contains("To=client:bob");
    }

    @Test
    void callsUsersAsClientsWhereTheyAreClients() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));
        try (TwilioProvider twilio = super.settings().usersAreClients().build()) {
            CallControl calls = twilio.require(CallControl.class);
            calls.place(CallRequest.of(
                    new CommandId("one"),
                    OWNED,
                    Destination.sip("sip:1001"),
                    CallFlow.start().hangUp()));
            assertThat(form(requests().get(0))).contains("To=client:1001");
            assertThatThrownBy(() -> calls.place(CallRequest.of(
                            new CommandId("two"),
                            OWNED,
                            Destination.sip("sip:no.identity"),
                            CallFlow.start().hangUp())))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("without a host");
        }
    }

    @Test
    void aFlowThatBeginsWithRecordingRecordsTheCallAsAWhole() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));

        calls().place(request("one").recorded().with(TwilioOptions.RECORDING_CHANNELS, 1));

        List<String> form = form(requests().get(0));
        assertThat(form)
                .contains(
                        "Record=true",
                        "RecordingChannels=mono",
                        "Trim=do-not-trim",
                        "RecordingStatusCallback=https://phone.example.org/twilio/recording#rc=3&rp=ct,rt,5xx",
                        "RecordingStatusCallbackMethod=POST",
                        "RecordingStatusCallbackEvent=completed",
                        "RecordingStatusCallbackEvent=absent");
        assertThat(form).noneMatch(field -> field.contains("<Recording"));
    }

    @Test
    void detectsMachinesInTheBackground() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));

        calls().place(request("one").detectingMachines());
        calls().place(request("two").detectingMachines().with(TwilioOptions.AWAIT_GREETING_END, true));

        assertThat(form(requests().get(0)))
                .contains(
                        "MachineDetection=Enable",
                        "AsyncAmd=true",
                        "AsyncAmdStatusCallback=https://phone.example.org/twilio/machine#rc=3&rp=ct,rt,5xx",
                        "AsyncAmdStatusCallbackMethod=POST");
        assertThat(form(requests().get(1))).contains("MachineDetection=DetectMessageEnd");
    }

    @Test
    void sendsTheOtherOptionsOfTwilio() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));

        calls().place(request("one")
                .with(TwilioOptions.CALL_REASON, "Your appointment")
                .with(TwilioOptions.CALL_TOKEN, "token-of-a-call")
                .with(TwilioOptions.DIGITS_ON_ANSWER, "W12#")
                .with(TwilioOptions.BYOC_TRUNK_SID, "BY00000000000000000000000000000001"));

        assertThat(form(requests().get(0)))
                .contains(
                        "CallReason=Your appointment",
                        "CallToken=token-of-a-call",
                        "SendDigits=W12#",
                        "Byoc=BY00000000000000000000000000000001");
    }

    @Test
    void whatCannotBeHonouredIsRefusedBeforeAnythingIsSent() {
        Option<String> foreign = new Option<>("other.thing", String.class);
        Destination unknown = () -> "carrier-pigeon";
        List<CallRequest> requests = List.of(
                request("1").with(foreign, "x"),
                request("2").with(TwilioOptions.CALL_REASON, "x".repeat(51)),
                request("3").with(TwilioOptions.BYOC_TRUNK_SID, "../Calls"),
                request("4").with(TwilioOptions.SIP_USERNAME, "bob"),
                request("5").with(TwilioOptions.DIGITS_ON_ANSWER, "call me"),
                request("6").with(TwilioOptions.DIGITS_ON_ANSWER, "1").detectingMachines(),
                request("7").with(TwilioOptions.RECORDING_CHANNELS, 1),
                request("8").recorded().with(TwilioOptions.RECORDING_CHANNELS, 3),
                request("9").with(TwilioOptions.AWAIT_GREETING_END, true),
                request("10").with(TwilioOptions.CALL_TOKEN, " "),
                CallRequest.of(new CommandId("11"), OWNED, Destination.sip("sip:1001"), HELLO),
                CallRequest.of(new CommandId("12"), OWNED, unknown, HELLO),
                CallRequest.of(
                        new CommandId("13"),
                        OWNED,
                        NUMBER,
                        CallFlow.start().stopRecording().hangUp()));

        for (CallRequest request : requests) {
            assertThatThrownBy(() -> calls().place(request))
                    .as(request.commandId().toString())
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("supported are");
        }
        assertThat(sent()).isEmpty();
    }

    @Test
    void aFlowThatIsTooLongIsRefusedSayingHowLongItIs() {
        CallFlow longer = CallFlow.start()
                .say("x".repeat(2_000), Locale.CANADA)
                .say("y".repeat(2_000), Locale.CANADA)
                .hangUp();

        assertThatThrownBy(() -> calls().place(CallRequest.of(new CommandId("one"), OWNED, NUMBER, longer)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageMatching(".*a flow of 4[0-9]{3} characters of TwiML.*at most 4000.*");
        assertThatThrownBy(() -> calls().redirect(REF, longer)).isInstanceOf(UnsupportedFeature.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatADialCannotDoHereIsRefusedBeforeAnythingRings() {
        Dial dial = Dial.to(List.of(NUMBER), Continuation.named("rung"));
        DialWarning soon = new DialWarning(Duration.ofSeconds(30), new Say("Soon over.", Locale.CANADA));
        Map<String, Dial> refused = Map.of(
                Dial.OVER, dial.over(List.of("first", "second")),
                Dial.LABEL, dial.labelled("destination"),
                Dial.WARNING, dial.talkingAtMost(Duration.ofMinutes(5)).warning(soon));

        refused.forEach((name, part) -> {
            CallFlow flow = CallFlow.start().dial(part);
            CallRequest request = CallRequest.of(new CommandId(name), OWNED, NUMBER, flow);
            assertThatThrownBy(() -> calls().check(request))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining(name);
            assertThatThrownBy(() -> calls().place(request))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining(name);
            assertThatThrownBy(() -> calls().redirect(REF, flow))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining(name);
        });

        assertThat(sent()).isEmpty();
        calls().check(CallRequest.of(
                new CommandId("plain"), OWNED, NUMBER, CallFlow.start().dial(dial)));
    }

    @Test
    void withoutAPublicUrlThereAreNoCallbacksAndNoDetectionOfMachines() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));
        try (TwilioProvider alone = super.settings().build()) {
            CallControl calls = alone.require(CallControl.class);

            calls.place(request("one").recorded());

            assertThat(form(requests().get(0)))
                    .contains("Record=true")
                    .anyMatch(field -> field.startsWith("Twiml=") && field.endsWith("</Say><Hangup/></Response>"))
                    .noneMatch(field -> field.contains("Callback"));
            assertThatThrownBy(() -> calls.place(request("two").detectingMachines()))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContaining("no public URL is set");
            CallFlow comesBack = CallFlow.start().redirect(Continuation.named("more"));
            assertThatThrownBy(() -> calls.redirect(REF, comesBack))
                    .isInstanceOf(UnsupportedFeature.class)
                    .hasMessageContainingAll("step 'redirect'", "no public URL is set", "say");
            assertThatThrownBy(() -> calls.redirect(
                            REF, CallFlow.start().startRecording().hangUp()))
                    .isInstanceOf(UnsupportedFeature.class);
        }
    }

    @Test
    void whatCannotBeHonouredIsKnownBeforeItIsPlaced() {
        calls().check(request("one").recorded().detectingMachines());
        CallRequest unspoken = CallRequest.of(
                new CommandId("two"),
                request("two").callerId(),
                request("two").to(),
                CallFlow.start().say("qo'", Locale.forLanguageTag("tlh")).hangUp());
        assertThatThrownBy(() -> calls().check(unspoken)).isInstanceOf(UnsupportedFeature.class);
        assertThatThrownBy(() -> calls().check(request("three").with(TwilioOptions.RECORDING_CHANNELS, 1)))
                .isInstanceOf(UnsupportedFeature.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void theSameCommandPlacesOneCall() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));

        Call first = calls().place(request("one"));
        Call second = calls().place(request("one"));

        assertThat(second).isEqualTo(first);
        assertThat(sent()).containsExactly("POST " + CALLS);
        assertThat(told).hasSize(1);
        assertThatThrownBy(() -> calls().place(request("one").ringingFor(Duration.ofSeconds(5))))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("another request");
    }

    @Test
    void theSameCommandOfManyThreadsPlacesOneCall() throws Exception {
        on(post(urlPathEqualTo(CALLS)), call().answer(201).withFixedDelay(150));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Call>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> calls().place(request("one"))));
            }
            for (Future<Call> result : results) {
                assertThat(result.get().ref()).isEqualTo(REF);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent()).containsExactly("POST " + CALLS);
        assertThat(told).hasSize(1);
    }

    @Test
    void aRefusedCommandDidNothingAndMayBeGivenAgain() {
        on(post(urlPathEqualTo(CALLS)), error(400, 21215));

        NotPermitted refused = catchThrowableOfType(NotPermitted.class, () -> calls().place(request("one")));
        assertThat(refused.why()).isEqualTo(NotPermitted.Why.GEO_PERMISSION);
        assertThat(refused.effect()).isEqualTo(Effect.NONE);

        on(post(urlPathEqualTo(CALLS)), call().answer(201));
        assertThat(calls().place(request("one")).ref()).isEqualTo(REF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "503", "408", "closed", "garbled", "no sid"})
    void aCallWhoseAnswerWasLostIsLookedUpAndNeverPlacedAgain(String how) {
        on(post(urlPathEqualTo(CALLS)), lost(how));
        on(
                get(urlPathEqualTo(CALLS))
                        .withQueryParam("To", equalTo("+14165550199"))
                        .withQueryParam("From", equalTo("+14165550142")),
                page(
                        "calls",
                        call(CALL, "ringing").with("date_created", CREATED),
                        call(OTHER_CALL, "completed").with("date_created", "Sun, 01 Mar 2026 11:59:50 +0000"),
                        call("CA000000000000000000000000000000a3", "in-progress")
                                .with("date_created", CREATED)
                                .with("direction", "outbound-dial")));

        Call found = calls().place(request("one"));

        assertThat(found).isEqualTo(new Call(REF, Call.Status.RINGING, "ringing"));
        assertThat(sent()).containsExactly("POST " + CALLS, "GET " + CALLS);
        assertThat(told).hasSize(1);
        assertThat(calls().place(request("one")).ref()).isEqualTo(REF);
        assertThat(sent()).hasSize(2);
    }

    @Test
    void aCallThatIsNotFoundStaysInDoubtAndIsLookedUpAgainWhenTheCommandIsGivenAgain() {
        on(post(urlPathEqualTo(CALLS)), error(500, 20500));
        onGet(CALLS, page("calls"));

        PstnException doubt = catchThrowableOfType(PstnException.class, () -> calls().place(request("one")));

        assertThat(doubt).isInstanceOf(ProviderUnavailable.class).hasMessageContaining("lists no such call");
        assertThat(doubt.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(doubt.httpStatus()).hasValue(500);
        assertThat(doubt.code()).contains("20500");
        assertThat(told).isEmpty();

        onGet(CALLS, page("calls", call(CALL, "in-progress").with("date_created", CREATED)));
        assertThat(calls().place(request("one")).ref()).isEqualTo(REF);
        assertThat(sent()).containsExactly("POST " + CALLS, "GET " + CALLS, "GET " + CALLS);
        assertThat(told).hasSize(1);
    }

    @Test
    void whereSeveralCallsFitNoneIsTaken() {
        on(post(urlPathEqualTo(CALLS)), error(500, 20500));
        onGet(
                CALLS,
                page(
                        "calls",
                        call(CALL, "queued").with("date_created", CREATED),
                        call(OTHER_CALL, "queued").with("date_created", CREATED)));

        PstnException doubt = catchThrowableOfType(PstnException.class, () -> calls().place(request("one")));

        assertThat(doubt).hasMessageContaining("lists 2 such calls");
        assertThat(doubt.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void theCallOfAnotherCommandIsNotTaken() {
        on(post(urlPathEqualTo(CALLS)), call().answer(201));
        calls().place(request("one"));
        on(post(urlPathEqualTo(CALLS)), error(500, 20500));
        onGet(CALLS, page("calls", call(CALL, "queued").with("date_created", CREATED)));

        assertThatThrownBy(() -> calls().place(request("two"))).hasMessageContaining("lists no such call");
    }

    @Test
    void aCallThatTwoCommandsInDoubtMayHavePlacedIsTakenByNeither() {
        on(post(urlPathEqualTo(CALLS)), error(500, 20500));
        onGet(CALLS, page("calls"));
        assertThatThrownBy(() -> calls().place(request("one"))).isInstanceOf(ProviderUnavailable.class);
        onGet(CALLS, page("calls", call(CALL, "queued").with("date_created", CREATED)));

        assertThatThrownBy(() -> calls().place(request("two")))
                .hasMessageContaining("1 other command(s) of this process may have made it");
    }

    @Test
    void aCallThatAnEarlierCommandInDoubtMayHavePlacedLateIsNotTaken() {
        Moving clock = new Moving();
        clock.now = NOW.minusSeconds(10);
        try (TwilioProvider patient = settings().clock(clock).build()) {
            CallControl calls = patient.require(CallControl.class);
            on(post(urlPathEqualTo(CALLS)), error(500, 20500));
            onGet(CALLS, page("calls"));
            assertThatThrownBy(() -> calls.place(request("one"))).isInstanceOf(ProviderUnavailable.class);
            clock.now = NOW;
            onGet(CALLS, page("calls", call(CALL, "queued").with("date_created", CREATED)));

            assertThatThrownBy(() -> calls.place(request("two")))
                    .hasMessageContaining("1 other command(s) of this process may have made it");
        }
    }

    @Test
    void aCallToAUserOfTheSipDomainIsLookedUpAsItWasPlaced() {
        on(post(urlPathEqualTo(CALLS)), error(500, 20500));
        on(get(urlPathEqualTo(CALLS)), page("calls"));
        on(
                get(urlPathEqualTo(CALLS)).withQueryParam("To", equalTo("sip:1001@acme.sip.twilio.com")),
                page("calls", call(CALL, "ringing").with("date_created", CREATED)));
        try (TwilioProvider withDomain =
                settings().sipDomain("acme.sip.twilio.com").build()) {
            CallRequest request = CallRequest.of(new CommandId("one"), OWNED, Destination.sip("sip:1001"), HELLO);

            assertThat(withDomain.require(CallControl.class).place(request).ref())
                    .isEqualTo(REF);
        }
    }

    @Test
    void whereLookingFailsTooTheFirstFailureStays() {
        on(post(urlPathEqualTo(CALLS)), error(500, 20500));
        onGet(CALLS, error(401, 20003));

        PstnException doubt = catchThrowableOfType(PstnException.class, () -> calls().place(request("one")));

        assertThat(doubt).isInstanceOf(ProviderUnavailable.class).hasMessageContaining("looking for the call failed");
        assertThat(doubt.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(doubt.getSuppressed()).hasSize(1);
    }

    @Test
    void redirectsALiveCall() {
        on(post(urlPathEqualTo(ONE)), call(CALL, "in-progress").answer(200));

        calls().redirect(REF, HELLO);

        wire.verify(1, postRequestedFor(urlEqualTo(ONE)).withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
        assertThat(form(requests().get(0)))
                .singleElement()
                .asString()
                .startsWith("Twiml=<?xml")
                .contains("Hello.");
    }

    @ParameterizedTest
    @CsvSource({"completed, NotFound", "busy, NotFound", "queued, Conflict", "ringing, Conflict"})
    void aCallThatCannotBeRedirectedIsOverOrNotAnswered(String status, String expected) {
        on(post(urlPathEqualTo(ONE)), error(400, 21220));
        onGet(ONE, call(CALL, status).answer(200));

        assertThatThrownBy(() -> calls().redirect(REF, HELLO))
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void aCallThatTwilioDoesNotKnowIsNotFound() {
        on(post(urlPathEqualTo(ONE)), error(404, 20404));
        onGet(ONE, error(404, 20404));

        assertThatThrownBy(() -> calls().redirect(REF, HELLO)).isInstanceOf(NotFound.class);
        assertThat(calls().fetch(REF)).isEmpty();
        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);
        assertThat(sent()).containsExactly("POST " + ONE, "GET " + ONE, "GET " + ONE);
    }

    @Test
    void anAnsweredCallIsCompleted() {
        onGet(ONE, call(CALL, "in-progress").answer(200));
        on(post(urlPathEqualTo(ONE)), call(CALL, "completed").answer(200));

        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);

        assertThat(form(requests().get(1))).containsExactly("Status=completed");
        assertThat(told).isEmpty();
    }

    @Test
    void aRingingCallIsCancelledAndTwilioTellsItsEnd() {
        onGet(ONE, call(CALL, "ringing").answer(200));
        on(post(urlPathEqualTo(ONE)), call(CALL, "canceled").answer(200));

        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);

        assertThat(form(requests().get(1))).containsExactly("Status=canceled");
        assertThat(told).isEmpty();
    }

    @Test
    void aCallThatIsCancelledInTheQueueEndsByOurOwnEvent() {
        onGet(ONE, call(CALL, "queued").answer(200));
        on(post(urlPathEqualTo(ONE)), call(CALL, "canceled").answer(200));

        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);

        assertThat(told)
                .containsExactly(
                        new CallEnded(CALL + ":ended", NOW, REF, HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM, true));
    }

    @Test
    void aCallThatIsAnsweredWhileItIsCancelledIsCompleted() {
        onGet(ONE, call(CALL, "ringing").answer(200));
        on(post(urlPathEqualTo(ONE)).withFormParam("Status", equalTo("canceled")), error(400, 21220));
        on(
                post(urlPathEqualTo(ONE)).withFormParam("Status", equalTo("completed")),
                call(CALL, "completed").answer(200));

        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);

        assertThat(sent()).containsExactly("GET " + ONE, "POST " + ONE, "POST " + ONE);
    }

    @Test
    void aCallThatEndsWhileItIsHungUpIsNoError() {
        on(
                get(urlPathEqualTo(ONE)).inScenario("end").willSetStateTo("over"),
                call(CALL, "in-progress").answer(200));
        on(
                get(urlPathEqualTo(ONE)).inScenario("end").whenScenarioStateIs("over"),
                call(CALL, "completed").answer(200));
        on(post(urlPathEqualTo(ONE)), error(400, 21220));

        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);

        assertThat(sent()).containsExactly("GET " + ONE, "POST " + ONE, "POST " + ONE, "GET " + ONE);
    }

    @Test
    void aCallThatIsOverIsLeftAlone() {
        onGet(ONE, call(CALL, "no-answer").answer(200));

        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);

        assertThat(sent()).containsExactly("GET " + ONE);
    }

    @Test
    void aCallThatTwilioWillNotEndIsAConflict() {
        onGet(ONE, call(CALL, "in-progress").answer(200));
        on(post(urlPathEqualTo(ONE)), error(400, 21220));

        assertThatThrownBy(() -> calls().hangUp(REF, HangupCause.NORMAL_CLEARING))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("in-progress");
    }

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED",
        "initiated, QUEUED",
        "ringing, RINGING",
        "in-progress, ANSWERED",
        "completed, ENDED",
        "busy, ENDED",
        "failed, ENDED",
        "no-answer, ENDED",
        "canceled, ENDED",
        "levitating, OTHER"
    })
    void statesAreReadAndTheirWordsKept(String raw, Call.Status status) {
        onGet(ONE, call(CALL, raw).answer(200));

        assertThat(calls().fetch(REF)).contains(new Call(REF, status, raw));
    }

    @Test
    void digitsCannotBeSentIntoWhatACallIsDoing() {
        assertThatThrownBy(() -> calls().sendDigits(REF, "12#"))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("send-digits")
                .hasMessageContaining("twilio.digits-on-answer");
        assertThatThrownBy(() -> calls().sendDigits(REF, "call me")).isInstanceOf(IllegalArgumentException.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void joinsTwoCallsInARoomThatEndsWithTheFirstWhoLeaves() {
        alone(CALL);
        alone(OTHER_CALL);
        onGet(V2010 + "/Conferences.json", page("conferences"));
        on(post(urlPathEqualTo(ONE)), call(CALL, "in-progress").answer(200));
        on(
                post(urlPathEqualTo(path(OTHER_CALL))),
                call(OTHER_CALL, "in-progress").answer(200));

        calls().join(REF, OTHER);

        List<String> both = requests().stream()
                .filter(request -> request.getMethod().getName().equals("POST"))
                .map(request -> String.join("", form(request)))
                .toList();
        assertThat(both).hasSize(2);
        assertThat(Set.copyOf(both)).hasSize(1);
        assertThat(both.get(0))
                .contains("endConferenceOnExit=\"true\"", "startConferenceOnEnter=\"true\"", "maxParticipants=\"2\"")
                .contains("careflow-join-" + CALL + "-" + OTHER_CALL + "</Conference></Dial></Response>");
    }

    @Test
    void whoTalksAlreadyIsNotJoined() {
        alone(OTHER_CALL);
        onGet(ONE, call(CALL, "in-progress").answer(200));
        onGet(V2010 + "/Conferences.json", page("conferences"));
        on(
                get(urlPathEqualTo(CALLS)).withQueryParam("ParentCallSid", equalTo(CALL)),
                page("calls", call("CA000000000000000000000000000000a3", "in-progress")));
        conflict("talking with somebody already");

        on(get(urlPathEqualTo(CALLS)).withQueryParam("ParentCallSid", equalTo(CALL)), page("calls"));
        onGet(V2010 + "/Conferences.json", page("conferences", Resource.conference()));
        onGet(
                V2010 + "/Conferences/" + Resource.CONFERENCE + "/Participants.json",
                page("participants", Resource.participant()));
        conflict("in a conference already");

        onGet(V2010 + "/Conferences.json", page("conferences"));
        onGet(ONE, call(CALL, "in-progress").with("parent_call_sid", OTHER_CALL).answer(200));
        conflict("talking with somebody already");

        onGet(ONE, call(CALL, "ringing").answer(200));
        conflict("not answered");

        assertThatThrownBy(() -> calls().join(OTHER, OTHER)).isInstanceOf(Conflict.class);
        assertThat(sent()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void whoIsGoneIsNotJoined() {
        alone(OTHER_CALL);
        onGet(ONE, call(CALL, "completed").answer(200));

        assertThatThrownBy(() -> calls().join(REF, OTHER)).isInstanceOf(NotFound.class);
        assertThat(sent()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void whereOnlyOneReachesTheRoomThatIsSaid() {
        alone(CALL);
        alone(OTHER_CALL);
        onGet(V2010 + "/Conferences.json", page("conferences"));
        on(post(urlPathEqualTo(ONE)), call(CALL, "in-progress").answer(200));
        on(post(urlPathEqualTo(path(OTHER_CALL))), error(400, 21220));

        PstnException failure = catchThrowableOfType(PstnException.class, () -> calls().join(REF, OTHER));

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure).hasMessageContaining("waits").hasCauseInstanceOf(NotFound.class);
    }

    private void conflict(String reason) {
        assertThatThrownBy(() -> calls().join(REF, OTHER))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining(reason);
    }

    private void alone(String sid) {
        onGet(path(sid), call(sid, "in-progress").answer(200));
        on(get(urlPathEqualTo(CALLS)).withQueryParam("ParentCallSid", equalTo(sid)), page("calls"));
    }

    private com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder lost(String how) {
        return switch (how) {
            case "closed" -> aResponse().withFault(Fault.EMPTY_RESPONSE);
            case "garbled" -> json(201, "<html>");
            case "no sid" -> call().with("sid", null).answer(201);
            default -> error(Integer.parseInt(how), 20500);
        };
    }

    private static String path(String sid) {
        return V2010 + "/Calls/" + sid + ".json";
    }

    private CallControl calls() {
        return twilio.require(CallControl.class);
    }

    private static CallRequest request(String command) {
        return CallRequest.of(new CommandId(command), OWNED, NUMBER, HELLO);
    }

    private static final class Moving extends Clock {
        private Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
