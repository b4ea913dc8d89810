package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.CallerIds.CallerId;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberRequirements.Requirement;
import io.careflow.pstn.number.NumberReservations.Reservation;
import io.careflow.pstn.number.NumberReservations.Status;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Whether what an operation returned is what the fake carrier knows. */
final class Results {
    private final ProviderId provider;
    private final Samples samples;

    Results(ProviderId provider, Samples samples) {
        this.provider = provider;
        this.samples = samples;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** It is right. */
    void check(Operation operation, Object result) {
        switch (operation) {
            case NUMBER_SEARCH -> search(list(result, AvailableNumber.class));
            case NUMBER_ORDER -> assertThat(((NumberAtCarrier) result).number()).isEqualTo(samples.available());
            case NUMBER_CONFIGURE ->
                assertThat(((NumberAtCarrier) result).number()).isEqualTo(samples.owned());
            case NUMBER_RESERVE, NUMBER_EXTEND -> held((Reservation) result);
            case NUMBER_RESERVATION -> held((Reservation) only(result));
            case NUMBER_REQUIREMENTS -> requirements(list(result, Requirement.class));
            case CALLER_ID_LIST ->
                assertThat(ids(result)).contains(samples.callerId().e164());
            case CALLER_ID_CONFIRM -> assertThat(((CallerId) result).number()).isEqualTo(samples.callerId());
            case TRUNK_CREATE -> created((SipTrunk) result);
            case CALL_PLACE -> assertThat(((Call) result).ref()).isEqualTo(call());
            case CONFERENCE_INVITE ->
                assertThat(((Call) result).ref().provider()).isEqualTo(provider);
            case MESSAGE_SEND ->
                assertThat(((Message) result).ref()).isEqualTo(new MessageRef(provider, samples.messageId()));
            case RECORDING_DOWNLOAD -> assertThat(result).isEqualTo(text(samples.recordingBytes()));
            case RECORDING_FETCH -> {
                assertThat(ids(result)).containsExactly(samples.recordingId());
                assertThat(((Recording) only(result)).status()).isEqualTo(Recording.Status.READY);
            }
            case RECORDING_LIST -> assertThat(ids(result)).contains(samples.recordingId());
            case CONFERENCE_PARTICIPANTS, CALL_FETCH, CDR_FIND, CDR_PULL ->
                assertThat(ids(result)).contains(samples.callId());
            case NUMBER_FIND, NUMBER_LIST ->
                assertThat(ids(result)).contains(samples.owned().e164());
            case TRUNK_FETCH, TRUNK_LIST -> assertThat(ids(result)).contains(samples.trunkId());
            case MESSAGE_FETCH -> assertThat(ids(result)).containsExactly(samples.messageId());
            case ACCOUNT_BALANCE -> assertThat((Money) result).isEqualByComparingTo(samples.balance());
            case PERMISSIONS_LIST -> permissions(list(result, CountryPermission.class));
            default -> assertThat(result).isEqualTo(Performer.DONE);
        }
    }

    /** It is nothing. */
    static void checkEmpty(Object result) {
        assertThat(elements(result)).isEmpty();
    }

    /** Its status is one that nobody knows, kept as it is. */
    static void checkUnknownStatus(Object result) {
        Object thing = only(result);
        String raw;
        if (thing instanceof NumberAtCarrier number) {
            raw = number.rawStatus();
            assertThat(number.status()).isEqualTo(NumberAtCarrier.Status.OTHER);
        } else if (thing instanceof Reservation reservation) {
            raw = reservation.rawStatus();
            assertThat(reservation.status()).isEqualTo(Status.OTHER);
        } else if (thing instanceof Call call) {
            raw = call.rawStatus();
            assertThat(call.status()).isEqualTo(Call.Status.OTHER);
        } else if (thing instanceof Message message) {
            raw = message.rawStatus();
            assertThat(message.status()).isEqualTo(Message.Status.OTHER);
        } else if (thing instanceof Recording recording) {
            raw = recording.rawStatus();
            assertThat(recording.status()).isEqualTo(Recording.Status.OTHER);
        } else {
            raw = ((ProviderCdr) thing).rawStatus();
        }
        assertThat(raw).as("the carrier's word is kept").isEqualTo(Wire.UNKNOWN_STATUS);
    }

    /** The ids of what is in it, for numbers in E.164 form. Every reference must name the provider. */
    List<String> ids(Object result) {
        return elements(result).stream().map(this::id).toList();
    }

    private String id(Object thing) {
        if (thing instanceof NumberAtCarrier number) {
            assertThat(number.id()).as("the carrier's id of a number").isNotBlank();
            return number.number().e164();
        }
        if (thing instanceof Reservation reservation) {
            return reservation.id();
        }
        if (thing instanceof CallerId callerId) {
            return callerId.number().e164();
        }
        if (thing instanceof SipTrunk trunk) {
            TrunkRef ref = trunk.ref();
            return named(ref.provider(), ref.id());
        }
        if (thing instanceof Message message) {
            MessageRef ref = message.ref();
            return named(ref.provider(), ref.id());
        }
        if (thing instanceof Recording recording) {
            RecordingRef ref = recording.ref();
            return named(ref.provider(), ref.id());
        }
        CallRef ref = thing instanceof Call call
                ? call.ref()
                : thing instanceof ProviderCdr cdr ? cdr.call() : ((Conferences.Participant) thing).call();
        return named(ref.provider(), ref.id());
    }

    private String named(ProviderId whose, String id) {
        assertThat(whose).as("the provider of a reference").isEqualTo(provider);
        return id;
    }

    private void search(List<AvailableNumber> found) {
        assertThat(found).hasSizeBetween(1, samples.query().limit());
        assertThat(found).extracting(AvailableNumber::number).contains(samples.available());
    }

    private void held(Reservation reservation) {
        assertThat(reservation.id()).isEqualTo(samples.reservationId());
        assertThat(reservation.number()).isEqualTo(samples.available());
        assertThat(reservation.status()).isEqualTo(Status.HELD);
    }

    private static void requirements(List<Requirement> wanted) {
        assertThat(wanted).isNotEmpty();
        assertThat(wanted).allSatisfy(one -> {
            assertThat(one.id()).as("the carrier's id of a requirement").isNotBlank();
            assertThat(one.name()).as("the name of a requirement").isNotBlank();
        });
    }

    private void created(SipTrunk trunk) {
        assertThat(ids(List.of(trunk))).containsExactly(samples.trunkId());
        assertThat(trunk.kind()).isEqualTo(samples.trunk().kind());
        assertThat(trunk.credentials().size() + trunk.allowed().size())
                .as("credentials and allowed addresses: an open trunk is never made")
                .isPositive();
        assertThat(trunk.credentials())
                .as("credentials with their passwords, which nobody tells again")
                .allSatisfy(credential -> assertThat(credential.password()).isNotNull());
    }

    private static void permissions(List<CountryPermission> countries) {
        assertThat(countries).isNotEmpty();
        assertThat(countries)
                .allSatisfy(country -> assertThat(country.country()).matches("[A-Z]{2}"));
    }

    private CallRef call() {
        return new CallRef(provider, samples.callId());
    }

    private static Object only(Object result) {
        List<?> elements = elements(result);
        assertThat(elements).hasSize(1);
        return elements.get(0);
    }

    private static List<?> elements(Object result) {
        if (result instanceof Optional<?> optional) {
            return optional.stream().toList();
        }
        return (List<?>) result;
    }

    private static <T> List<T> list(Object result, Class<T> type) {
        return elements(result).stream().map(type::cast).toList();
    }
}
