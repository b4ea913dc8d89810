package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read before or after a write has a name of its own, and leaves no doubt behind when it fails. */
class ReadsInWritesTest extends WireMockSip {
    private static final ProviderId TWILIO = new ProviderId("twilio");
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final CallRef REF = new CallRef(TWILIO, CALL);
    private static final CallRef OTHER = new CallRef(TWILIO, "CA00000000000000000000000000000002");
    private static final TrunkRef TRUNK_REF = new TrunkRef(TWILIO, TRUNK_ID);
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550123");
    private static final TrunkRequest TRUNK_REQUEST = TrunkRequest.trunk(new CommandId("t"), "clinic");

    private final List<String> observed = new CopyOnWriteArrayList<>();

    @Override
    TwilioBuilder settings() {
        return super.settings().observer((provider, operation) -> {
            observed.add(operation);
            return failure -> {};
        });
    }

    @BeforeEach
    void arrange() {
        twilioThatMakesEverything();
    }

    @Test
    void theStateOfACallIsFetchedBeforeItIsEnded() {
        onGet(V2010 + "/Calls/" + CALL + ".json", json(200, "{\"sid\":\"" + CALL + "\",\"status\":\"in-progress\"}"));

        calls().hangUp(REF, HangupCause.NORMAL_CLEARING);

        assertThat(observed).containsExactly("call.fetch", "call.hang-up");
    }

    @Test
    void trunksAreListedBeforeOneIsMade() {
        trunks().create(TRUNK_REQUEST);

        assertThat(observed).startsWith("trunk.list", "trunk.create").endsWith("trunk.create");
        assertThat(observed.subList(1, observed.size())).containsOnly("trunk.create");
    }

    @Test
    void anOrderInDoubtIsFound() {
        on(post(urlPathEqualTo(V2010 + "/IncomingPhoneNumbers.json")).atPriority(1), error(500, 20500));

        NumberOrder order = new NumberOrder(new CommandId("n"), TenantId.DEFAULT, NUMBER, NumberSettings.NONE);
        assertThatThrownBy(() -> numbers().order(order)).isInstanceOf(ProviderUnavailable.class);

        assertThat(observed).containsExactly("number.order", "number.find");
    }

    @Test
    void whenTheReadBeforeAWriteFailsNothingWasDone() {
        everythingFails(500);
        Map<String, ThrowingCallable> writes = Map.of(
                "trunk.create", () -> trunks().create(TRUNK_REQUEST),
                "trunk.attach", () -> trunks().attach(TRUNK_REF, NUMBER),
                "trunk.delete", () -> trunks().delete(TRUNK_REF),
                "number.configure", () -> numbers().configure(NUMBER, NumberSettings.NONE.labelled("desk")),
                "number.release", () -> numbers().release(NUMBER),
                "call.hang-up", () -> calls().hangUp(REF, HangupCause.NORMAL_CLEARING),
                "call.join", () -> calls().join(REF, OTHER),
                "conference.mute", () -> rooms().mute("ward", REF, true),
                "conference.remove", () -> rooms().remove("ward", REF),
                "recording.pause", () -> twilio.require(Recordings.class).pause(REF));

        writes.forEach((operation, write) -> {
            // A new one each time, or its circuit breaker would answer instead of Twilio.
            twilio.close();
            twilio = settings().build();
            PstnException failure = catchThrowableOfType(PstnException.class, write);
            assertThat(failure.operation()).isEqualTo(operation);
            assertThat(failure.effect()).as(operation).isEqualTo(Effect.NONE);
            assertThat(failure.httpStatus()).hasValue(500);
        });

        assertThat(observed).doesNotContainAnyElementsOf(writes.keySet());
        assertThat(sent("POST")).isEmpty();
    }

    @Test
    void aTrunkWhoseNameCouldNotBeLookedUpMayBeMadeByTheSameCommand() {
        onGet(TRUNKS, error(500, 20500));
        assertThat(failureOf(TRUNK_REQUEST).effect()).isEqualTo(Effect.NONE);
        onGet(TRUNKS, json(200, "{\"trunks\":[]}"));

        assertThat(trunks().create(TRUNK_REQUEST).ref()).isEqualTo(TRUNK_REF);
    }

    private CallControl calls() {
        return twilio.require(CallControl.class);
    }

    private Conferences rooms() {
        return twilio.require(Conferences.class);
    }

    private NumberInventory numbers() {
        return twilio.require(NumberInventory.class);
    }
}
