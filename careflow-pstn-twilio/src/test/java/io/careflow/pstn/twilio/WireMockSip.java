package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.List;

/** A Twilio that makes and deletes whatever SIP needs, and has nothing yet. */
abstract class WireMockSip extends WireMockTwilio {
    static final String TRUNK_ID = "TK00000000000000000000000000000001";
    static final String DOMAIN_ID = "SD00000000000000000000000000000001";
    static final String TRUNKS = "/v1/Trunks";
    static final String TRUNK = TRUNKS + "/" + TRUNK_ID;
    static final String SIP = V2010 + "/SIP";
    static final String DOMAINS = SIP + "/Domains.json";
    static final String DOMAIN = SIP + "/Domains/" + DOMAIN_ID;
    static final String CREDENTIALS = SIP + "/CredentialLists";
    static final String ADDRESSES = SIP + "/IpAccessControlLists";
    static final String CL = "CL00000000000000000000000000000001";
    static final String AL = "AL00000000000000000000000000000001";

    void twilioThatMakesEverything() {
        on(get(anyUrl()).atPriority(9), json(200, "{}"));
        on(delete(anyUrl()).atPriority(9), aResponse().withStatus(204));
        on(post(anyUrl()).atPriority(9), json(201, "{\"sid\":\"XX00000000000000000000000000000001\"}"));
        on(post(urlPathEqualTo(TRUNKS)).atPriority(8), fixture(201, "trunk.json"));
        on(post(urlPathEqualTo(DOMAINS)).atPriority(8), fixture(201, "domain.json"));
        on(post(urlPathEqualTo(CREDENTIALS + ".json")).atPriority(8), json(201, "{\"sid\":\"" + CL + "\"}"));
        on(post(urlPathEqualTo(ADDRESSES + ".json")).atPriority(8), json(201, "{\"sid\":\"" + AL + "\"}"));
    }

    void failing(String method, String path, ResponseDefinitionBuilder answer) {
        on((method.equals("POST") ? post(urlPathEqualTo(path)) : delete(urlPathEqualTo(path))).atPriority(1), answer);
    }

    void everythingFails(int status) {
        on(any(anyUrl()).atPriority(1), error(status, 20500));
    }

    TrunkControl trunks() {
        return twilio.require(TrunkControl.class);
    }

    PstnException failureOf(TrunkRequest request) {
        return catchThrowableOfType(PstnException.class, () -> trunks().create(request));
    }

    List<String> sent(String method) {
        return sent().stream()
                .filter(request -> request.startsWith(method + " "))
                .map(request -> request.substring(method.length() + 1))
                .toList();
    }

    LoggedRequest posted(String path) {
        return requests().stream()
                .filter(request -> request.getMethod().getName().equals("POST")
                        && request.getUrl().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
