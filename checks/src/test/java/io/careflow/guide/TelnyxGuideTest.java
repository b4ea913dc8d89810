package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.telnyx.TelnyxProvider;
import io.careflow.pstn.trunk.SipTrunk;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guide shows of applications, numbers and trunks at Telnyx, run against a fake one. */
class TelnyxGuideTest {
    private static final String ID = "1293384261075731499";
    private static final String NUMBER =
            "{\"id\":\"2934567890123456789\",\"phone_number\":\"+18195550100\",\"status\":\"active\"}";
    private static final String LINE = "\"phone_numbers\":[{\"phone_number\":\"+18195550100\",\"status\":\"success\"}]";

    private final FakeCarrier fake = new FakeCarrier();
    private final PstnProvider telnyx =
            TelnyxProvider.with(Secret.of("KEY-for-tests")).baseUrl(fake.uri()).build();

    @AfterEach
    void close() {
        telnyx.close();
        fake.close();
    }

    @Test
    void makesAnApplicationWithItsProfile() {
        fake.on("GET", "/call_control_applications", page())
                .on("POST", "/outbound_voice_profiles", data("{\"id\":\"77\",\"name\":\"careflow-x\"}"))
                .on(
                        "POST",
                        "/call_control_applications",
                        data("{\"id\":\"" + ID + "\",\"application_name\":\"clinic-42\","
                                + "\"webhook_event_url\":\"https://phone.example.org/telnyx\"}"));

        assertThat(TelnyxGuide.application(telnyx).id()).isEqualTo(ID);
        assertThat(written()).containsExactly("/outbound_voice_profiles", "/call_control_applications");
        assertThat(fake.requests()).anyMatch(request -> request.body().contains("\"daily_spend_limit\":\"50\""));
        assertThat(fake.requests()).anyMatch(request -> request.body().contains("\"webhook_api_version\":\"2\""));
    }

    @Test
    void holdsAndOrdersANumberOnce() {
        fake.on(
                        "GET",
                        "/available_phone_numbers",
                        page(
                                "{\"phone_number\":\"+18195550100\",\"phone_number_type\":\"local\",\"region_information\":"
                                        + "[{\"region_type\":\"country_code\",\"region_name\":\"CA\"}],\"features\":"
                                        + "[{\"name\":\"sms\"},{\"name\":\"voice\"}]}"))
                .on("GET", "/requirements", page())
                .on("POST", "/number_reservations", data("{\"id\":\"r-1\",\"status\":\"success\"," + LINE + "}"))
                .on("POST", "/number_orders", data("{\"id\":\"o-1\",\"status\":\"success\"," + LINE + "}"))
                .on("GET", "/phone_numbers", page(NUMBER))
                .on("PATCH", "/phone_numbers/*", data(NUMBER))
                .on("GET", "/phone_numbers/*/messaging", data("{}"));

        NumberAtCarrier ours = TelnyxGuide.number(telnyx, ID, "40019a7e-0c3e-4a3f-9d9e-1d1f4f1c2b3a");

        assertThat(ours.id()).isEqualTo("2934567890123456789");
        assertThat(written())
                .containsExactly("/number_reservations", "/number_orders", "/phone_numbers/2934567890123456789");
        assertThat(fake.requests())
                .filteredOn(request -> request.target().equals("/number_orders"))
                .singleElement()
                .extracting(SentRequest::body)
                .asString()
                .contains("\"connection_id\":\"" + ID + "\"", "\"messaging_profile_id\":\"40019a7e");
    }

    @Test
    void makesATrunkWithItsLimitsAndGivesItTheNumber() {
        fake.on("GET", "/connections", page())
                .on("POST", "/outbound_voice_profiles", data("{\"id\":\"77\",\"name\":\"careflow-x\"}"))
                .on("POST", "/ip_connections", connection())
                .on("POST", "/ips", data("{\"id\":\"71\"}"), data("{\"id\":\"72\"}"))
                .on("PATCH", "/ip_connections/*", connection())
                .on("GET", "/connections/" + ID, connection())
                .on("GET", "/phone_numbers", page(NUMBER))
                .on("PATCH", "/phone_numbers/*", data(NUMBER.replace("}", ",\"connection_id\":\"" + ID + "\"}")));

        SipTrunk trunk = TelnyxGuide.trunk(telnyx, TelnyxGuideTest.ours());

        assertThat(trunk.ref().id()).isEqualTo(ID);
        assertThat(written()).endsWith("/ip_connections/" + ID, "/phone_numbers/2934567890123456789");
        assertThat(fake.requests()).anyMatch(request -> request.body().contains("\"max_destination_rate\":0.05"));
    }

    private static NumberAtCarrier ours() {
        return new NumberAtCarrier(
                new PhoneNumber("+18195550100"),
                "2934567890123456789",
                "",
                NumberAtCarrier.Status.ACTIVE,
                "active",
                Set.of(),
                null,
                null,
                null);
    }

    private List<String> written() {
        return fake.requests().stream()
                .filter(SentRequest::write)
                .map(SentRequest::target)
                .toList();
    }

    private static FakeReply connection() {
        return data("{\"id\":\"" + ID + "\",\"record_type\":\"ip_connection\",\"connection_name\":\"clinic-42-pbx\"}");
    }

    private static FakeReply data(String object) {
        return FakeReply.json(200, "{\"data\":" + object + "}");
    }

    private static FakeReply page(String... elements) {
        return FakeReply.json(
                200,
                "{\"data\":[" + String.join(",", elements)
                        + "],\"meta\":{\"page_number\":1,\"total_pages\":1,\"total_results\":" + elements.length
                        + "}}");
    }
}
