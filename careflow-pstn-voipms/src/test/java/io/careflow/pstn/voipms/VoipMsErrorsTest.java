package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NotPermitted.Why;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of what VoIP.ms says in {@code status}. */
class VoipMsErrorsTest extends WireMockVoipMs {
    private static final VoipMsCall WRITE = VoipMsCall.of("thing.change", "setThing");

    private VoipMsClient client;

    @BeforeEach
    void open() {
        client = settings().client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_credentials", "missing_credentials", "api_not_enabled"})
    @DisplayName("user, password and the switch of the API are AuthenticationFailed")
    void credentials(String code) {
        refused(code, AuthenticationFailed.class, Effect.NONE);
    }

    @Test
    @DisplayName(
            "an address that is not listed is AuthenticationFailed, and its message holds the address that VoIP.ms sees")
    void address() {
        on("getIP", success("\"ip\":\"203.0.113.77\""));

        PstnException failure = refused("ip_not_enabled", AuthenticationFailed.class, Effect.NONE);

        assertThat(failure).hasMessageContaining("203.0.113.77").hasMessageContaining("portal");
        assertThat(sent()).containsExactly("setThing", "getIP");
    }

    @Test
    @DisplayName("an address that is not listed is told also where VoIP.ms does not say it")
    void addressUnknown() {
        on("getIP", page(503));

        PstnException failure = refused("ip_not_enabled", AuthenticationFailed.class, Effect.NONE);

        assertThat(failure).hasMessageContaining("could not be asked");
        assertThat(failure.getCause()).isNotNull();
    }

    @Test
    @DisplayName("what is no address is not shown as one")
    void addressNonsense() {
        on("getIP", success("\"ip\":\"<script>\""));

        assertThat(refused("ip_not_enabled", AuthenticationFailed.class, Effect.NONE))
                .hasMessageNotContaining("script");
    }

    @Test
    @DisplayName("the limit of a minute is Throttled until the next one begins")
    void minute() {
        PstnException failure = refused("api_limit_exceeded", Throttled.class, Effect.NONE);

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(61));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit_reached", "did_limit_reached", "forwards_exceeded", "max_phonebook", "members_exceeded"})
    @DisplayName("limits of the day and of the account are NotPermitted, LIMIT")
    void limits(String code) {
        PstnException failure = refused(code, NotPermitted.class, Effect.NONE);

        assertThat(((NotPermitted) failure).why()).isEqualTo(Why.LIMIT);
    }

    @Test
    @DisplayName("a balance that is too low is InsufficientFunds")
    void funds() {
        refused("non_sufficient_funds", InsufficientFunds.class, Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing_method", "invalid_method"})
    @DisplayName("a method that got lost or is gone is a ProtocolError")
    void method(String code) {
        refused(code, ProtocolError.class, Effect.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "method_maintenance",
                "provider_outofservice",
                "unavailable_info",
                "tls_error",
                "problem_sending_mail"
            })
    @DisplayName("trouble behind VoIP.ms is ProviderUnavailable")
    void upstream(String code) {
        refused(code, ProviderUnavailable.class, Effect.UNKNOWN);
    }

    @Test
    @DisplayName("SMS settings that settle are a Conflict that says to wait a minute")
    void settling() {
        PstnException failure = refused("sms_wait_message", Conflict.class, Effect.NONE);

        assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing_did", "missing_params", "missing_ip"})
    @DisplayName("what is missing is InvalidRequest and is named")
    void missing(String code) {
        assertThat(refused(code, InvalidRequest.class, Effect.NONE))
                .hasMessageContaining("the parameter " + code.substring(8) + " is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_pop",
                "Invalid_threshold",
                "invalid_daterange",
                "invalid_date_from",
                "invalid_ip_auth",
                "invalid_password_auth",
                "invalid_authtype",
                "invalid_password_lessthan_8characters_long",
                "invalid_password_missing_uppercase",
                "invalid_password_missing_lowercase",
                "invalid_password_missing_number",
                "invalid_dst",
                "invalid_to_number",
                "invalid_from_number",
                "invalid_number",
                "invalid_phonenumber",
                "invalid_contact",
                "invalid_callerid",
                "invalid_calleridprefix"
            })
    @DisplayName("what is not allowed is InvalidRequest and is named")
    void invalid(String code) {
        assertThat(refused(code, InvalidRequest.class, Effect.NONE)).hasMessageContaining("is refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mismatch_password",
                "existing_did",
                "rtp_timeout_greater_than_rtp_hold_timeout",
                "name_toolong",
                "note_toolong",
                "sms_toolong",
                "message_empty",
                "exceeds_file_size",
                "no_base64file",
                "no_callstatus",
                "weak_password",
                "reserved_ip"
            })
    @DisplayName("what is wrong otherwise is InvalidRequest")
    void wrong(String code) {
        refused(code, InvalidRequest.class, Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_did",
                "invalid_account",
                "invalid_client",
                "invalid_forwarding",
                "invalid_sipuri",
                "invalid_callback",
                "invalid_filter",
                "invalid_mailbox",
                "invalid_recording",
                "invalid_sms",
                "invalid_id",
                "message_not_found",
                "location_not_found",
                "conference_member_relation_not_found"
            })
    @DisplayName("what the account does not have is NotFound")
    void notFound(String code) {
        refused(code, NotFound.class, Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"did_in_use", "invalid_number_exist", "Unable_to_purchase", "unsifficient_stock", "order_failed"
            })
    @DisplayName("a number that cannot be had is NumberUnavailable")
    void taken(String code) {
        refused(code, NumberUnavailable.class, Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "used_username",
                "used_extension",
                "used_description",
                "used_name",
                "used_number",
                "used_filter",
                "used_ip",
                "used_email",
                "used_password",
                "used_whatever_comes",
                "repeated_ip",
                "duplicated_name",
                "duplicated_pin",
                "location_already_exists",
                "member_already_included",
                "same_did_billingtype",
                "can_have_only_one_profile_without_pin"
            })
    @DisplayName("what is there already is a Conflict")
    void there(String code) {
        refused(code, Conflict.class, Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account_with_dids",
                "recording_in_use_ivr",
                "recording_in_use_queue",
                "location_linked_to_subaccount",
                "sipuri_in_phonebook",
                "no_change_billingtype",
                "cancel_failed",
                "e911_disabled",
                "e911_pending"
            })
    @DisplayName("what is in use or in another state is a Conflict")
    void inUse(String code) {
        refused(code, Conflict.class, Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sms_failed",
                "sent_fail",
                "no_provision",
                "no_provision_update",
                "moving_fail",
                "error_deleting_msg",
                "error_moving_msg"
            })
    @DisplayName("what failed at VoIP.ms is ProviderUnavailable and in doubt")
    void failed(String code) {
        refused(code, ProviderUnavailable.class, Effect.UNKNOWN);
    }

    @Test
    @DisplayName("rules of regulators are NotPermitted, REGULATORY")
    void regulations() {
        PstnException failure = refused("sms_apply_regulations", NotPermitted.class, Effect.NONE);

        assertThat(((NotPermitted) failure).why()).isEqualTo(Why.REGULATORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quantum_parked", "no_sequences", "no_such_thing"})
    @DisplayName("an unknown code is a ProtocolError that keeps it, also where it begins like those that mean nothing")
    void unknown(String code) {
        refused(code, ProtocolError.class, Effect.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no_account",
                "no_attachments",
                "no_callback",
                "no_callhunting",
                "no_callparking",
                "no_cdr",
                "no_client",
                "no_conference",
                "no_did",
                "no_disa",
                "no_emailtofax",
                "no_filter",
                "no_folder",
                "no_forwarding",
                "no_ivr",
                "no_mailbox",
                "no_member",
                "no_message",
                "no_messages",
                "no_numbers",
                "no_package",
                "no_phonebook",
                "no_phonebook_group",
                "no_queue",
                "no_rate",
                "no_recording",
                "no_ringgroup",
                "no_sipuri",
                "no_sms",
                "no_subaccount",
                "no_timecondition",
                "no_transactions",
                "no_vpri",
                "NO_DID"
            })
    @DisplayName("a status that says there is nothing is an empty list, an absent thing, and NotFound for a change")
    void nothing(String code) {
        on("getThings", status(code));

        assertThat(client.list(VoipMsCall.of("thing.list", "getThings"), "things"))
                .isEmpty();
        assertThat(client.find(VoipMsCall.of("thing.find", "getThings").with("thing", "7"), "things"))
                .isEmpty();
        refused(code, NotFound.class, Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"used_username", "USED_USERNAME", "Used_Username", " used_username "})
    @DisplayName("the case of a code does not matter, and it is kept as it came")
    void anyCase(String code) {
        on("setThing", status(code));

        assertThatThrownBy(() -> client.write(WRITE))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).contains(code.strip()));
    }

    @Test
    @DisplayName("the message for people is told where there is one")
    void message() {
        on("setThing", status("invalid_dst", "This is not a valid Destination Number"));

        assertThatThrownBy(() -> client.write(WRITE))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("This is not a valid Destination Number")
                .hasMessageContaining("invalid_dst");
    }

    @Test
    @DisplayName("a message that quotes what we sent loses it")
    void quoting() {
        on("setThing", status("weak_password", "The password " + PASSWORD.reveal() + " or Sip-Pass-99 is weak"));

        assertThatThrownBy(() -> client.write(WRITE.with("password", "Sip-Pass-99")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageNotContaining(PASSWORD.reveal())
                .hasMessageNotContaining("Sip-Pass-99");
    }

    private PstnException refused(String code, Class<? extends PstnException> type, Effect effect) {
        on("setThing", status(code));
        int before = (int) sent().stream().filter("setThing"::equals).count();
        PstnException[] caught = new PstnException[1];
        assertThatThrownBy(() -> client.write(WRITE)).isInstanceOfSatisfying(type, e -> caught[0] = e);
        assertThat(caught[0].effect()).isEqualTo(effect);
        assertThat(caught[0].code()).contains(code);
        assertThat(caught[0].operation()).isEqualTo("thing.change");
        assertThat(caught[0].httpStatus()).hasValue(200);
        assertThat(sent().stream().filter("setThing"::equals)).hasSize(before + 1);
        return caught[0];
    }
}
