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

/** What holds for trunks besides what holds for all. */
@Of(TrunkControl.class)
abstract class TrunkConformance extends CapabilityConformance {

    @ForEach(value = Situation.SUCCESS, only = Operation.TRUNK_CREATE)
    @DisplayName("an option that the provider does not know is refused before any I/O")
    void unknownOption(Operation operation) {
        TrunkControl trunks = trial().require(TrunkControl.class);
        TrunkRequest request = trial().wire().samples().trunk().with(Refusals.NOBODYS, "x");
        Refusals.check(trial(), operation, Refusals.NOBODYS.name(), () -> trunks.create(request));
    }

    @ForEach(value = Situation.SUCCESS, only = Operation.TRUNK_CREATE)
    @DisplayName("a kind that the provider does not have is refused before any I/O")
    void unsupportedKind(Operation operation) {
        TrunkControl trunks = trial().require(TrunkControl.class);
        Set<TrunkKind> others = EnumSet.allOf(TrunkKind.class);
        others.removeAll(trunks.kinds());
        if (others.isEmpty()) {
            abort("the provider has every kind of trunk");
        }
        for (TrunkKind kind : others) {
            Refusals.check(trial(), operation, "", () -> trunks.create(request(kind)));
        }
    }

    private static TrunkRequest request(TrunkKind kind) {
        CommandId id = new CommandId("conformance-kind");
        return kind == TrunkKind.TRUNK
                ? TrunkRequest.trunk(id, "conformance-kind")
                : TrunkRequest.domain(id, "conformance-kind", URI.create("https://app.example.org/voice"));
    }
}
