package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.TrunkLimits;
import java.net.URI;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelnyxApplicationsTest extends WireMockTelnyx {
    private static final String APPLICATIONS = "/call_control_applications";
    private static final String PROFILES = "/outbound_voice_profiles";
    private static final String ID = "1293384261075731499";
    private static final CommandId COMMAND = new CommandId("a-1");
    private static final TrunkLimits LIMITS = TrunkLimits.countries("CA").spendingDaily(Money.of("10", "USD"));
    private static final CallApplicationSettings PLAIN =
            CallApplicationSettings.of("clinic-desk", URI.create("https://app.example.org/telnyx"));
    private static final CallApplicationSettings WHOLE = PLAIN.fallingBackTo(URI.create("https://spare.example.org/t"))
            .calledAt("clinic")
            .callsAtOnce(20, 5)
            .within(LIMITS);

    @BeforeEach
    void telnyxThatMakesEverything() {
        onGet(APPLICATIONS, page());
        onPost(PROFILES, data(profile("careflow-application-clinic-desk-1", 0)));
        onPost(APPLICATIONS, data(application("\"2\"")));
        onGet(APPLICATIONS + "/" + ID, data(application("\"2\"")));
        onPatch(APPLICATIONS + "/" + ID, data(application("\"2\"")));
        onGet(PROFILES + "/7", data(profile("careflow-application-clinic-desk-1", 1)));
        onPatch(PROFILES + "/7", data(profile("careflow-application-clinic-desk-1", 1)));
        on(any(urlPathMatching(".*")).atPriority(9), error(404, 10005));
        onDelete(APPLICATIONS + "/" + ID, data(application("\"2\"")));
        onDelete(PROFILES + "/7", data("{}"));
    }

    @Test
    void anApplicationIsMadeSuchThatFlowsRunOnIt() {
        CallApplication made = applications().create(COMMAND, WHOLE);

        assertThat(sent()).containsExactly("GET " + APPLICATIONS, "POST " + PROFILES, "POST " + APPLICATIONS);
        assertThat(query(requests().get(0))).contains("filter[application_name][contains]=clinic-desk");
        assertThat(requests())
                .allSatisfy(request ->
                        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + KEY.reveal()));
        JsonNode profile = body(requests().get(1));
        assertThat(profile.path("name").asText()).startsWith("careflow-application-clinic-desk-");
        assertThat(profile.path("daily_spend_limit").asText()).isEqualTo("10");
        assertThat(body(requests().get(2)))
                .isEqualTo(tree("{\"application_name\":\"clinic-desk\","
                        + "\"webhook_event_url\":\"https://app.example.org/telnyx\","
                        + "\"webhook_event_failover_url\":\"https://spare.example.org/t\","
                        + "\"webhook_api_version\":\"2\",\"webhook_timeout_secs\":30,\"active\":true,"
                        + "\"first_command_timeout\":true,\"first_command_timeout_secs\":30,"
                        + "\"call_cost_in_webhooks\":true,\"redact_dtmf_debug_logging\":true,"
                        + "\"inbound\":{\"channel_limit\":20,\"shaken_stir_enabled\":true,"
                        + "\"sip_subdomain\":\"clinic\",\"sip_subdomain_receive_settings\":\"only_my_connections\"},"
                        + "\"outbound\":{\"channel_limit\":5,\"outbound_voice_profile_id\":\"7\"}}"));
        assertThat(made.id()).isEqualTo(ID);
        assertThat(made.limits()).isEqualTo(LIMITS);
        assertThat(made.details()).containsEntry("webhook_timeout_secs", "30");
    }

    /** Version 1 is the default of applications, though not of messaging profiles. */
    @Test
    void webhookApiVersionIsAlwaysTwoAndAnOldOneIsAWarning() {
        CallApplication unused = applications().create(COMMAND, PLAIN);
        assertThat(body(requests().get(2)).path("webhook_api_version").asText()).isEqualTo("2");

        onGet(APPLICATIONS + "/" + ID, data(application("\"1\"")));
        assertThat(applications().find(ID).orElseThrow().details()).containsKey("warning.webhook-api-version");
        onGet(APPLICATIONS + "/" + ID, data(application("\"2\"")));
        assertThat(applications().find(ID).orElseThrow().details()).doesNotContainKey("warning.webhook-api-version");
    }

    @Test
    void withoutLimitsTheUsualCountriesAreWrittenOut() {
        CallApplication unused = applications().create(COMMAND, PLAIN);

        assertThat(body(requests().get(1)).path("whitelisted_destinations")).isEqualTo(tree("[\"CA\",\"US\"]"));
        assertThat(body(requests().get(2)).path("inbound").has("sip_subdomain")).isFalse();
    }

    @Test
    void limitsThatTelnyxCannotKeepToAreRefusedBeforeAnythingIsSent() {
        CallApplicationSettings euros = PLAIN.within(TrunkLimits.countries("CA").spendingDaily(Money.of("5", "EUR")));
        CallApplicationSettings everywhere = PLAIN.within(new TrunkLimits(null, null, null, 2));

        assertThatThrownBy(() -> applications().create(COMMAND, euros)).isInstanceOf(UnsupportedFeature.class);
        assertThatThrownBy(() -> applications().configure(ID, everywhere)).isInstanceOf(UnsupportedFeature.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        onGet(APPLICATIONS, page(application("\"2\"")));

        assertThat(failureOf(PLAIN)).isInstanceOf(Conflict.class);
        assertThat(sent()).containsExactly("GET " + APPLICATIONS);
    }

    @Test
    void anApplicationThatIsRefusedLeavesNoProfileBehind() {
        onPost(APPLICATIONS, error(422, 10015));

        PstnException failure = failureOf(PLAIN);

        assertThat(failure).isInstanceOf(InvalidRequest.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(sent()).last().isEqualTo("DELETE " + PROFILES + "/7");
    }

    @Test
    void anApplicationWhoseAnswerIsLostIsSentOnceAndInDoubt() {
        onPost(APPLICATIONS, error(500, 10007));

        PstnException failure = failureOf(PLAIN);
        PstnException again = failureOf(PLAIN);

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure).hasMessageContaining("may be left behind");
        assertThat(again.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(Collections.frequency(sent(), "POST " + APPLICATIONS)).isEqualTo(1);
    }

    @Test
    void theSameCommandGivenAgainMakesNothing() {
        CallApplication made = applications().create(COMMAND, PLAIN);
        int before = requests().size();

        assertThat(applications().create(COMMAND, PLAIN)).isEqualTo(made);
        assertThat(failureOf(WHOLE)).isInstanceOf(Conflict.class);
        assertThat(requests()).hasSize(before);
    }

    @Test
    void applicationsAreListedWithTheLimitsOfTheirProfiles() {
        onGet(PROFILES, page(profile("some", 1)));
        onGet(APPLICATIONS, page(application("\"2\""), "{\"id\":\"8\",\"application_name\":\"bare\"}"));

        assertThat(applications().list()).extracting(CallApplication::limits).containsExactly(LIMITS, null);
        assertThat(query(requests().get(1))).contains("page[number]=1", "page[size]=250");
    }

    @Test
    void anApplicationThatTelnyxDoesNotKnowIsEmpty() {
        onGet(APPLICATIONS + "/" + ID, error(404, 10005));

        assertThat(applications().find(ID)).isEmpty();
        assertThat(applications().find("../balance")).isEmpty();
        applications().delete(ID);
        assertThatThrownBy(() -> applications().configure(ID, PLAIN)).isInstanceOf(NotFound.class);
        assertThat(sent()).containsOnly("GET " + APPLICATIONS + "/" + ID);
    }

    @Test
    void configuringSetsEverythingAnewAndLimitsOnlyIfTheyAreGiven() {
        CallApplication changed = applications().configure(ID, PLAIN);

        assertThat(sent())
                .containsExactly(
                        "GET " + APPLICATIONS + "/" + ID, "GET " + PROFILES + "/7", "PATCH " + APPLICATIONS + "/" + ID);
        JsonNode body = body(requests().get(2));
        assertThat(body.path("webhook_event_failover_url").isNull()).isTrue();
        assertThat(body.path("inbound").path("sip_subdomain").isNull())
                .as("null is none")
                .isTrue();
        assertThat(body.path("outbound").path("outbound_voice_profile_id").asText())
                .isEqualTo("7");
        assertThat(changed.limits()).isEqualTo(LIMITS);

        CallApplication unused = applications().configure(ID, WHOLE);
        assertThat(sent()).contains("PATCH " + PROFILES + "/7");
    }

    @Test
    void limitsOfASharedProfileAreNotChanged() {
        onGet(PROFILES + "/7", data(profile("office", 3)));

        assertThatThrownBy(() -> applications().configure(ID, WHOLE)).isInstanceOf(Conflict.class);
        assertThat(sent()).noneMatch(line -> line.startsWith("PATCH"));
    }

    @Test
    void aConfigurationThatBreaksOffHalfWayIsInDoubt() {
        onPatch(APPLICATIONS + "/" + ID, error(422, 10015));

        assertThat(catchThrowableOfType(
                                PstnException.class, () -> applications().configure(ID, WHOLE))
                        .effect())
                .isEqualTo(Effect.UNKNOWN);
        assertThat(catchThrowableOfType(
                                PstnException.class, () -> applications().configure(ID, PLAIN))
                        .effect())
                .isEqualTo(Effect.NONE);
    }

    @Test
    void anApplicationIsDeletedWithItsOwnProfileOnly() {
        applications().delete(ID);
        assertThat(sent()).endsWith("DELETE " + APPLICATIONS + "/" + ID, "DELETE " + PROFILES + "/7");

        wire.resetRequests();
        onGet(PROFILES + "/7", data(profile("office", 1)));
        applications().delete(ID);
        assertThat(sent()).endsWith("DELETE " + APPLICATIONS + "/" + ID);
    }

    @Test
    void usersAndPasswordsInUrlsAreNotShown() {
        CallApplicationSettings settings =
                CallApplicationSettings.of("clinic-desk", URI.create("https://ada:secret@app.example.org/"));

        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        URI url = URI.create("https://app.example.org/");
        assertThatThrownBy(() -> CallApplicationSettings.of("No", url)).hasMessageContaining("application name");
        assertThatThrownBy(() -> CallApplicationSettings.of("clinic", URI.create("ftp://x/")))
                .hasMessageContaining("webhook URL");
        assertThatThrownBy(() -> PLAIN.calledAt("a.b")).hasMessageContaining("SIP subdomain");
        assertThatThrownBy(() -> PLAIN.callsAtOnce(0, null)).hasMessageContaining("inbound calls");
    }

    private CallApplications applications() {
        return telnyx.require(CallApplications.class);
    }

    private PstnException failureOf(CallApplicationSettings settings) {
        return catchThrowableOfType(PstnException.class, () -> applications().create(COMMAND, settings));
    }

    private static String application(String version) {
        return "{\"id\":\"" + ID
                + "\",\"record_type\":\"call_control_application\",\"application_name\":\"clinic-desk\","
                + "\"webhook_event_url\":\"https://app.example.org/telnyx\",\"webhook_api_version\":" + version
                + ",\"webhook_timeout_secs\":30,\"active\":true,\"inbound\":{\"channel_limit\":20},"
                + "\"outbound\":{\"outbound_voice_profile_id\":\"7\"},\"novelty\":[1]}";
    }

    private static String profile(String name, int users) {
        return "{\"id\":\"7\",\"name\":\"" + name + "\",\"connections_count\":" + users
                + ",\"whitelisted_destinations\":[\"CA\"],\"daily_spend_limit\":\"10.00\","
                + "\"daily_spend_limit_enabled\":true}";
    }
}
