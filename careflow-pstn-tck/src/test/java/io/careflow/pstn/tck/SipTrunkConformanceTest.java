package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SipTrunkBuilder;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.SipTrunkProvider;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.webhook.WebhookRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

/** A trunk without an API: it knows what its profile says, and refuses everything else before anything could be sent. */
@Offers({NumberInventory.class, TrunkControl.class, Prices.class})
@DisplayName("A SIP trunk without an API")
final class SipTrunkConformanceTest extends ProviderConformance {
    private final ProfileWire wire = new ProfileWire();

    @Override
    protected Wire wire() {
        return wire;
    }

    @Override
    protected PstnProvider provider() {
        return wire.new Current();
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }

    /** Nothing is ever sent; an arrangement is another profile. */
    private static final class ProfileWire implements Wire {
        private static final String ID = "siproute";
        private static final String SECRET = "env:TRUNK_PASSWORD";
        private static final Set<Operation> READS =
                Set.of(Operation.NUMBER_FIND, Operation.NUMBER_LIST, Operation.TRUNK_FETCH, Operation.TRUNK_LIST);

        private final Samples samples = new Samples() {
            @Override
            public String trunkId() {
                return ID;
            }
        };
        private volatile SipTrunkProvider current = provider(true);

        @Override
        public Samples samples() {
            return samples;
        }

        @Override
        public void arrange(Operation operation, Situation situation) {
            current = provider(situation != Situation.NOT_FOUND);
        }

        @Override
        public List<SentRequest> sent() {
            return List.of();
        }

        @Override
        public List<String> listed(Operation operation) {
            throw new IllegalStateException("lists of a profile have no pages");
        }

        @Override
        public WebhookRequest webhook(WebhookSituation situation) {
            throw new IllegalStateException("a trunk without an API sends no webhooks");
        }

        @Override
        public Set<String> secrets() {
            return Set.of("never-in-a-profile");
        }

        @Override
        public Optional<String> unsupported(Operation operation) {
            boolean ours =
                    operation.capability() == NumberInventory.class || operation.capability() == TrunkControl.class;
            return ours && !READS.contains(operation) ? Optional.of("the carrier has no API") : Optional.empty();
        }

        @Override
        public Optional<String> cannot(Operation operation, Situation situation) {
            boolean trunkIsThere = operation == Operation.TRUNK_LIST || operation == Operation.TRUNK_FETCH;
            return situation == Situation.SUCCESS || (situation == Situation.NOT_FOUND && !trunkIsThere)
                    ? Optional.empty()
                    : Optional.of("nobody is asked: what is known stands in the profile");
        }

        @Override
        public boolean speaksHttp() {
            return false;
        }

        @Override
        public void close() {}

        private SipTrunkProvider provider(boolean withNumber) {
            SipTrunkBuilder builder = SipTrunkProfile.builder(ID)
                    .endpoint(SipEndpoint.of("sip.carrier.example"))
                    .auth(TrunkAuth.register("100000_pbx", new SecretRef(SECRET)))
                    .capacity(TrunkCapacity.of(2));
            return SipTrunkProvider.of(
                    withNumber ? builder.number(samples.owned()).build() : builder.build());
        }

        /** Leads to the provider of the last arrangement. */
        private final class Current implements PstnProvider {
            @Override
            public ProviderId id() {
                return current.id();
            }

            @Override
            public <T extends Capability> Optional<T> find(Class<T> capability) {
                return current.find(capability);
            }

            @Override
            public <T extends Capability> T require(Class<T> capability) {
                return current.require(capability);
            }

            @Override
            public void close() {
                current.close();
            }
        }
    }
}
