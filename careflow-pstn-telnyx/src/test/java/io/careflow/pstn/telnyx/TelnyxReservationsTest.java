package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.number.NumberReservations.Reservation;
import io.careflow.pstn.number.NumberReservations.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnyxReservationsTest extends WireMockTelnyx {
    private static final PhoneNumber WANTED = new PhoneNumber("+18195550100");
    private static final CommandId COMMAND = new CommandId("hold/7");
    private static final String REFERENCE = References.of(COMMAND);
    private static final String ID = "3c2b1a09-6f0b-4a0e-9c55-2f4a1b7e9d10";
    private static final String ALL = "/number_reservations";
    private static final String ONE = ALL + "/" + ID;
    private static final String POST = "POST /number_reservations";
    private static final Sample HELD = Sample.of("reservation.json").with("customer_reference", REFERENCE);

    @Test
    void aNumberIsHeldForHalfAnHour() {
        onPost(ALL, data(HELD.toString()));

        assertThat(reservations().reserve(COMMAND, WANTED))
                .isEqualTo(new Reservation(ID, WANTED, Status.HELD, "success", Instant.parse("2026-03-01T12:30:00Z")));
        assertThat(body(requests().get(0)))
                .isEqualTo(tree("{\"customer_reference\":\"" + REFERENCE
                        + "\",\"phone_numbers\":[{\"phone_number\":\"+18195550100\"}]}"));
    }

    @Test
    void givenAgainNothingIsSent() {
        onPost(ALL, data(HELD.toString()));
        Reservation first = reservations().reserve(COMMAND, WANTED);

        assertThat(reservations().reserve(COMMAND, WANTED)).isEqualTo(first);
        assertThatThrownBy(() -> reservations().reserve(COMMAND, new PhoneNumber("+18195550101")))
                .isInstanceOf(Conflict.class);
        assertThat(sent()).containsExactly(POST);
    }

    @ParameterizedTest
    @CsvSource({
        "success, HELD",
        "pending, PENDING",
        "partial_success, OTHER",
        "failed, FAILED",
        "failure, FAILED",
        "levitating, OTHER"
    })
    void thePapersContradictEachOtherAboutTheStatusAndBothWordsAreKnown(String word, Status status) {
        onGet(ONE, data(HELD.with("status", word).toString()));

        Reservation found = reservations().fetch(ID).orElseThrow();

        assertThat(found.status()).isEqualTo(status);
        assertThat(found.rawStatus()).isEqualTo(word);
    }

    @Test
    void oneThatFailedHoldsNothingAndMayBeTriedAgain() {
        onPost(ALL, data(HELD.with("status", "failure").toString()));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> reservations().reserve(COMMAND, WANTED))
                    .isInstanceOfSatisfying(
                            NumberUnavailable.class,
                            failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
        }
        assertThat(sent()).containsExactly(POST, POST);
    }

    @Test
    void aLostAnswerIsLookedUpByTheReference() {
        onPost(ALL, aResponse().withFault(Fault.EMPTY_RESPONSE));
        onGet(
                ALL,
                page(HELD.with("customer_reference", "another").with("id", "2").toString(), HELD.toString()));

        assertThat(reservations().reserve(COMMAND, WANTED).id()).isEqualTo(ID);
        assertThat(query(requests().get(1))).contains("filter[customer_reference]=" + REFERENCE);
        assertThat(sent()).containsExactly(POST, "GET /number_reservations");
    }

    @Test
    void aLostAnswerThatIsNowhereStaysInDoubtAndIsNotSentAgain() {
        onPost(ALL, error(500, 10007));
        onGet(ALL, page());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> reservations().reserve(COMMAND, WANTED))
                    .isInstanceOfSatisfying(
                            PstnException.class,
                            failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));
        }
        assertThat(sent()).containsOnlyOnce(POST);
    }

    @ParameterizedTest
    @CsvSource({"85001, NumberUnavailable", "85006, NumberUnavailable", "85007, NotPermitted"})
    void whatIsRefusedHoldsNothing(int code, String expected) {
        onPost(ALL, error(422, code));
        onGet(ALL, page());

        assertThatThrownBy(() -> reservations().reserve(COMMAND, WANTED))
                .isInstanceOfSatisfying(
                        PstnException.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE))
                .satisfies(failure ->
                        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected));
    }

    @Test
    void whatAnotherNodeReservedUnderTheSameCommandIsFound() {
        onPost(ALL, error(422, 85006));
        onGet(ALL, page(HELD.toString()));

        assertThat(reservations().reserve(COMMAND, WANTED).id()).isEqualTo(ID);
    }

    @Test
    void oneThatIsUnknownIsEmpty() {
        onGet(ONE, error(404, 10005));

        assertThat(reservations().fetch(ID)).isEmpty();
    }

    @Test
    void oneWithoutItsNumberIsAProtocolErrorNamingTheField() {
        onGet(ONE, data(HELD.with("phone_numbers", List.of()).toString()));

        assertThatThrownBy(() -> reservations().fetch(ID))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("phone_numbers");
    }

    @Test
    void itIsHeldLonger() {
        onPost(
                ONE + "/actions/extend",
                data(HELD.with("phone_numbers.0.expired_at", "2026-03-01T13:00:00Z")
                        .toString()));

        assertThat(reservations().extend(ID).until()).isEqualTo(Instant.parse("2026-03-01T13:00:00Z"));
        assertThat(requests().get(0).getBodyAsString()).isEqualTo("{}");
    }

    @Test
    void itIsHeldNoLongerThanTelnyxWants() {
        onPost(ONE + "/actions/extend", error(422, 85008));

        assertThatThrownBy(() -> reservations().extend(ID))
                .isInstanceOfSatisfying(
                        NotPermitted.class, refusal -> assertThat(refusal.why()).isEqualTo(NotPermitted.Why.LIMIT));
    }

    @Test
    void whatIsUnknownCannotBeExtended() {
        onPost(ONE + "/actions/extend", error(404, 10005));

        assertThatThrownBy(() -> reservations().extend(ID)).isInstanceOf(NotFound.class);
    }

    private NumberReservations reservations() {
        return telnyx.require(NumberReservations.class);
    }
}
