package io.careflow.pstn.tck;

import static org.junit.jupiter.api.Assumptions.abort;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds for trunks besides what holds for all. */
@Of(TrunkControl.class)
abstract class TrunkConformance extends CapabilityConformance {

    @Test
    @DisplayName("trunk.create: an option that the provider does not know is refused before any I/O")
    void unknownOption() {
        TrunkControl trunks = trial().require(TrunkControl.class);
        TrunkRequest request = trial().wire().samples().trunk().with(Refusals.NOBODYS, "x");
        Refusals.check(trial(), Operation.TRUNK_CREATE, Refusals.NOBODYS.name(), () -> trunks.create(request));
    }

    @Test
    @DisplayName("trunk.create: a kind that the provider does not have is refused before any I/O")
    void unsupportedKind() {
        TrunkControl trunks = trial().require(TrunkControl.class);
        Set<TrunkKind> others = EnumSet.allOf(TrunkKind.class);
        others.removeAll(trunks.kinds());
        if (others.isEmpty()) {
            abort("the provider has every kind of trunk");
        }
        for (TrunkKind kind : others) {
            Refusals.check(trial(), Operation.TRUNK_CREATE, "", () -> trunks.create(request(kind)));
        }
    }

    private static TrunkRequest request(TrunkKind kind) {
        CommandId id = new CommandId("conformance-kind");
        return kind == TrunkKind.TRUNK
                ? TrunkRequest.trunk(id, "conformance-kind")
                : TrunkRequest.domain(id, "conformance-kind", URI.create("https://app.example.org/voice"));
    }
}
