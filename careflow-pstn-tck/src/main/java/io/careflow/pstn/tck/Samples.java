package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * The values that {@link ProviderConformance} works with, and that the fake carrier of a {@link Wire} must know. Override what
 * your carrier writes differently; what belongs to a capability that the provider lacks is never asked for. Each method
 * returns the same whenever it is called.
 */
public interface Samples {

    /** A number that the account owns. */
    default PhoneNumber owned() {
        return new PhoneNumber("+14165550142");
    }

    /** A number that can be ordered; the account does not own it yet. */
    default PhoneNumber available() {
        return new PhoneNumber("+18195550100");
    }

    /** A query that finds {@link #available}. */
    default NumberQuery query() {
        return NumberQuery.local("CA").atMost(5);
    }

    /** Settings that the provider honours. */
    default NumberSettings settings() {
        return NumberSettings.NONE.voice(URI.create("https://app.example.org/voice"));
    }

    /** The carrier's id of a reservation of {@link #available} that holds. */
    default String reservationId() {
        return "reservation-1";
    }

    /** A country, ISO 3166-1 alpha-2, whose regulator wants to see something before anybody has a local number. */
    default String regulatedCountry() {
        return "CH";
    }

    /** A number of another carrier that the account may show, or of which it just asked to be allowed. */
    default PhoneNumber callerId() {
        return new PhoneNumber("+14165550177");
    }

    /** The code that the carrier tells {@link #callerId}. */
    default String verificationCode() {
        return "100001";
    }

    /** A trunk that the provider can make; its id is then {@link #trunkId}. */
    default TrunkRequest trunk() {
        return TrunkRequest.trunk(new CommandId("conformance-trunk"), "conformance")
                .to(SipEndpoint.of("sip.example.org"));
    }

    /** The carrier's id of a trunk of the account. */
    default String trunkId() {
        return "trunk-1";
    }

    /** What the provider lets that trunk spend, where it knows such limits. */
    default TrunkLimits limits() {
        return TrunkLimits.countries("CA", "US").spendingDaily(Money.of("50", "USD"));
    }

    /** A call that the provider can place; its id is then {@link #callId}. */
    default CallRequest call() {
        CallFlow flow = CallFlow.start().say("Good morning.", Locale.CANADA).hangUp();
        return CallRequest.of(
                new CommandId("conformance-call"), owned(), Destination.number(new PhoneNumber("+14165550199")), flow);
    }

    /** The carrier's id of a call that goes on and is answered; it is recorded, and in {@link #room} where there are rooms. */
    default String callId() {
        return "call-1";
    }

    /** The carrier's id of another such call. */
    default String otherCallId() {
        return "call-2";
    }

    /** Digits to be sent into a call. */
    default String digits() {
        return "12#";
    }

    /** A conference room. */
    default String room() {
        return "room-1";
    }

    /** A message that the provider can send; its id is then {@link #messageId}. */
    default MessageRequest message() {
        return MessageRequest.of(
                new CommandId("conformance-message"),
                owned(),
                new PhoneNumber("+14165550199"),
                "Your appointment is tomorrow at nine.");
    }

    /** The carrier's id of a message. */
    default String messageId() {
        return "message-1";
    }

    /** The carrier's id of a recording of {@link #callId} that is ready. */
    default String recordingId() {
        return "recording-1";
    }

    /** A format that the provider writes. */
    default RecordingFormat recordingFormat() {
        return RecordingFormat.WAV;
    }

    /** What is downloaded. */
    default byte[] recordingBytes() {
        return "RIFF....WAVEfmt and so on".getBytes(StandardCharsets.US_ASCII);
    }

    /** The first instant of a span in which {@link #callId} started. */
    default Instant from() {
        return Instant.parse("2026-03-01T00:00:00Z");
    }

    /** The first instant after that span. */
    default Instant to() {
        return Instant.parse("2026-03-02T00:00:00Z");
    }

    /** The balance of the account, to its last decimal. */
    default Money balance() {
        return Money.of("12.3456", "USD");
    }
}
