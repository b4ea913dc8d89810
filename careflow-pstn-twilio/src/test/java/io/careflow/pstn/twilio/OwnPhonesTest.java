package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Whose phone dials over Twilio")
class OwnPhonesTest {
    private static final String VOICE = Desk.BASE + "/voice";
    private static final SipAddress ALICE = new SipAddress("1001", null);
    private static final SipAddress BOB = new SipAddress("1002", null);
    private static final String DOMAIN = "SD00000000000000000000000000000001";

    private final Desk desk = Desk.knowing(phones("AC1"));

    @Test
    @DisplayName("a client of the Voice SDK is the user of its identity, and dialled what its parameter says")
    void client() {
        desk.arrives("From", "client:alice", "Caller", "client:alice", "To", "+14165550142");
        InboundCall call = desk.event(InboundCall.class);
        assertThat(call.origin().user()).isEqualTo(ALICE);
        assertThat(call.to().address()).isEqualTo("+14165550142");
        assertThat(call.from().address()).isEqualTo("client:alice");
    }

    @Test
    @DisplayName("the parameter of what was dialled has any name; without it nothing was dialled")
    void parameter() {
        OwnPhones phones = new OwnPhones("AC1", "number", identity -> Optional.of(ALICE), domain -> Optional.empty());
        Desk other = Desk.knowing(phones);
        other.arrives("From", "client:alice", "To", "", "number", "0014165550142");
        assertThat(other.event(InboundCall.class).to().address()).isEqualTo("0014165550142");
        Desk silent = Desk.knowing(phones);
        silent.arrives("From", "client:alice", "To", "+14165550142");
        assertThat(silent.event(InboundCall.class).to().isAnonymous()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client:mallory",
                "client:",
                "client:alice@evil",
                "Client:alice",
                "alice",
                "fails",
                "client:fails"
            })
    @DisplayName("an identity that nobody knows is a stranger's, also if asking for it fails")
    void unknown(String from) {
        desk.arrives("From", from);
        isStrangers(desk);
    }

    @Test
    @DisplayName("without the option a client is a stranger, as a caller whose number is shown as one")
    void notConfigured() {
        Desk plain = Desk.hangingUp();
        plain.arrives("From", "client:alice");
        isStrangers(plain);
    }

    @Test
    @DisplayName("a client of another account is a stranger, though its webhook is signed with a token that we know")
    void otherAccount() {
        Desk sub = Desk.knowing(phones("AC2"));
        sub.arrives("From", "client:alice");
        isStrangers(sub);
    }

    @ParameterizedTest
    @CsvSource({
        "Caller, client:mallory",
        "ParentCallSid, CA9",
        "CustomerId, AC9",
        "customerId, AC9",
    })
    @DisplayName("fields that contradict the identity, or come of a call that somebody handed on, leave no user")
    void contradicted(String field, String value) {
        desk.arrives("From", "client:alice", field, value);
        assertThat(desk.events().stream()
                        .filter(InboundCall.class::isInstance)
                        .map(event -> ((InboundCall) event).origin().user()))
                .allMatch(user -> user == null);
    }

    @Test
    @DisplayName("who says twice who calls is nobody")
    void twice() {
        Form form = form("AccountSid=AC1&From=client:alice&From=client:bob");
        assertThat(phones("AC1").dialling(form)).isEmpty();
        assertThat(phones("AC1").dialling(form("AccountSid=AC1&From=client:alice")))
                .isPresent();
    }

    @Test
    @DisplayName("a body that names a user, but is not signed by Twilio, is refused and nobody hears of it")
    void forged() {
        WebhookRequest genuine = Desk.request(VOICE, Desk.call("ringing", "From", "client:mallory"));
        WebhookRequest forged = new WebhookRequest(
                "POST",
                VOICE,
                genuine.headers(),
                genuine.text().replace("mallory", "alice").getBytes(StandardCharsets.UTF_8));
        assertThat(desk.webhooks().answer(forged)).isEqualTo(WebhookReply.forbidden());
        assertThat(desk.events()).isEmpty();
    }

    @Test
    @DisplayName(
            "a call at a SIP domain with one user is that user's, whomever it shows, and dialled what stands before the @")
    void domain() {
        desk.arrives(
                "From",
                "sip:alice@acme-bob.sip.twilio.com",
                "To",
                "sip:4165550142@acme-bob.sip.twilio.com",
                "SipDomain",
                "acme-bob.sip.twilio.com",
                "SipDomainSid",
                DOMAIN);
        InboundCall call = desk.event(InboundCall.class);
        assertThat(call.origin().user()).isEqualTo(BOB);
        assertThat(call.to().address()).isEqualTo("4165550142");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:bob@acme.sip.twilio.com, SD00000000000000000000000000000002",
        "sip:bob@acme.sip.twilio.com, ''",
        "+14165550142, SD00000000000000000000000000000001",
        "client:mallory, SD00000000000000000000000000000001",
    })
    @DisplayName(
            "at a domain that is nobody's, as one that users share, From proves nothing; nor does a domain that a client names")
    void sharedDomain(String from, String domain) {
        desk.arrives("From", from, "SipDomainSid", domain);
        isStrangers(desk);
    }

    private static void isStrangers(Desk desk) {
        assertThat(desk.event(InboundCall.class).origin().user()).isNull();
    }

    private static OwnPhones phones(String account) {
        return new OwnPhones(
                account,
                "To",
                identity -> switch (identity) {
                    case "alice" -> Optional.of(ALICE);
                    case "fails" -> throw new IllegalStateException("directory");
                    default -> Optional.empty();
                },
                domain -> domain.equals(DOMAIN) ? Optional.of(BOB) : Optional.empty());
    }

    private static Form form(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Form.parse(bytes, 0, bytes.length);
    }
}
