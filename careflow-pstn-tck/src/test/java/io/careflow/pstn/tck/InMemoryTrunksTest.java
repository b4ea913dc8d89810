package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryTrunksTest {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final TrunkRequest MAIN =
            TrunkRequest.trunk(new CommandId("main"), "main").to(SipEndpoint.of("pbx.example.org"));

    private final InMemoryProvider carrier =
            InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp()).start();
    private final TrunkControl trunks = carrier.require(TrunkControl.class);

    @Test
    @DisplayName("a trunk without credentials and addresses gets one strong credential, which is told once")
    void generated() {
        SipTrunk made = trunks.create(MAIN);
        assertThat(made.credentials())
                .singleElement()
                .satisfies(credential -> assertThat(credential.password())
                        .isNotNull()
                        .satisfies(password -> assertThat(password.reveal()).matches("[A-Za-z0-9]{24}")));
        SipTrunk later = trunks.fetch(made.ref()).orElseThrow();
        assertThat(later.credentials()).extracting(SipCredential::password).containsOnlyNulls();
        assertThat(later.inbound()).isEqualTo(MAIN.inbound());
        SipTrunk other = trunks.create(TrunkRequest.trunk(new CommandId("other"), "other"));
        assertThat(other.credentials().get(0).password())
                .isNotEqualTo(made.credentials().get(0).password());
    }

    @Test
    @DisplayName("limits of a trunk are kept, and set anew; a trunk that does not exist has none")
    void limits() {
        TrunkLimits canada = TrunkLimits.countries("CA").callsAtOnce(2);
        TrunkRef made = trunks.create(MAIN.within(canada)).ref();
        assertThat(trunks.fetch(made).orElseThrow().limits()).isEqualTo(canada);

        TrunkLimits both = TrunkLimits.countries("CA", "US");
        trunks.limit(made, both);
        assertThat(trunks.fetch(made).orElseThrow().limits()).isEqualTo(both);
        assertThatThrownBy(() -> trunks.limit(new TrunkRef(carrier.id(), "nowhere"), both))
                .isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("given passwords are kept, missing ones are made; addresses alone are enough")
    void given() {
        SipTrunk made = trunks.create(MAIN.provenBy(new SipCredential("one", Secret.of("given-by-us")))
                .provenBy(new SipCredential("two", null)));
        assertThat(made.credentials().get(0).password()).isEqualTo(Secret.of("given-by-us"));
        assertThat(made.credentials().get(1).password()).isNotNull();
        TrunkRequest byAddress =
                TrunkRequest.trunk(new CommandId("ip"), "by-address").allowing(IpRange.parse("192.0.2.10"));
        assertThat(trunks.create(byAddress).credentials()).isEmpty();
    }

    @Test
    @DisplayName("a DOMAIN has a name of its own and lets devices register; a TRUNK refuses that")
    void domain() {
        URI url = URI.create("https://app.example.org/voice");
        SipTrunk made = trunks.create(
                TrunkRequest.domain(new CommandId("domain"), "phones", url).secured(true, true));
        assertThat(trunks.kinds()).containsExactlyInAnyOrder(TrunkKind.TRUNK, TrunkKind.DOMAIN);
        assertThat(made.details()).containsEntry("domain", "phones.sip.memory.example");
        assertThat(made.registration()).isTrue();
        assertThat(made.outbound()).extracting(SipEndpoint::transport).containsExactly(SipTransport.TLS);
        assertThatThrownBy(() -> trunks.create(MAIN.secured(false, true)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("registration at a DOMAIN");
        assertThat(trunks.list()).hasSize(1);
    }

    @Test
    @DisplayName("one command makes one trunk; a name is given once")
    void once() {
        assertThat(trunks.create(MAIN)).isEqualTo(trunks.create(MAIN));
        assertThat(trunks.list()).hasSize(1);
        assertThatThrownBy(() -> trunks.create(MAIN.secured(true, false))).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> trunks.create(TrunkRequest.trunk(new CommandId("other"), "main")))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("'main' is taken");
    }

    @Test
    @DisplayName("numbers come over a trunk until they are detached or the trunk is gone")
    void attach() {
        NumberInventory numbers = carrier.require(NumberInventory.class);
        carrier.carrier().owns(OURS);
        TrunkRef trunk = trunks.create(MAIN).ref();
        trunks.attach(trunk, OURS);
        assertThat(trunks.fetch(trunk).orElseThrow().numbers()).containsExactly(OURS);
        assertThat(numbers.find(OURS).orElseThrow().trunkId()).isEqualTo(trunk.id());
        trunks.detach(trunk, OURS);
        trunks.detach(trunk, OURS);
        assertThat(numbers.find(OURS).orElseThrow().trunkId()).isNull();
        trunks.attach(trunk, OURS);
        trunks.delete(trunk);
        trunks.delete(trunk);
        assertThat(numbers.find(OURS).orElseThrow().trunkId()).isNull();
        assertThat(trunks.list()).isEmpty();
    }

    @Test
    @DisplayName("a number of others, and a trunk that is not there, cannot be attached")
    void notFound() {
        TrunkRef trunk = trunks.create(MAIN).ref();
        assertThatThrownBy(() -> trunks.attach(trunk, OURS)).isInstanceOf(NotFound.class);
        carrier.carrier().owns(OURS);
        assertThatThrownBy(() -> trunks.attach(new TrunkRef(carrier.id(), "trunk-9"), OURS))
                .isInstanceOf(NotFound.class);
    }
}
