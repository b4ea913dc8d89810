package io.careflow.guide;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.telnyx.CallApplication;
import io.careflow.pstn.telnyx.CallApplicationSettings;
import io.careflow.pstn.telnyx.CallApplications;
import io.careflow.pstn.telnyx.TelnyxOptions;
import io.careflow.pstn.telnyx.TelnyxProvider;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** What the guide shows of Telnyx. */
final class TelnyxGuide {
    private TelnyxGuide() {}

    static TelnyxProvider provider(
            Secret apiKey,
            String publicKey,
            String applicationId,
            FlowStore flows,
            FlowHandler handler,
            Consumer<PstnEvent> listener) {
        // snippet: telnyx-provider
        TelnyxProvider telnyx = TelnyxProvider.with(apiKey)
                .connection(applicationId) // the call-control application that places calls
                .publicKey(publicKey) // of the account: Mission Control, Keys & Credentials
                .keepingFlowsIn(flows) // PstnDatabase.flows(): any node goes on with any call
                .answeredBy(handler)
                .telling(listener)
                .build();
        // end
        return telnyx;
    }

    static CallApplication application(PstnProvider telnyx) {
        // snippet: telnyx-application
        CallApplication clinic = telnyx.require(CallApplications.class)
                .create(
                        new CommandId("clinic-42/application"),
                        CallApplicationSettings.of("clinic-42", URI.create("https://phone.example.org/telnyx"))
                                .within(TrunkLimits.countries("CA", "US").spendingDaily(Money.of("50", "USD"))));
        // end
        return clinic;
    }

    static NumberAtCarrier number(PstnProvider telnyx, String applicationId, String profileId) {
        // snippet: telnyx-number
        List<AvailableNumber> found = telnyx.require(NumberInventory.class)
                .search(NumberQuery.local("CA")
                        .inArea("819")
                        .with(NumberFeature.SMS)
                        .atMost(5));
        AvailableNumber best = found.get(0); // with its price, which Telnyx tells only now
        telnyx.require(NumberReservations.class).reserve(new CommandId("clinic-42/hold"), best.number());
        NumberAtCarrier ours = telnyx.require(NumberInventory.class)
                .order(NumberOrder.of(new CommandId("clinic-42/main"), best)
                        .settingUp(NumberSettings.NONE
                                .labelled("Front desk")
                                .with(TelnyxOptions.APPLICATION, applicationId)
                                .with(TelnyxOptions.MESSAGING_PROFILE, profileId)));
        // end
        return ours;
    }

    static SipTrunk trunk(PstnProvider telnyx, NumberAtCarrier ours) {
        // snippet: telnyx-trunk
        TrunkControl trunks = telnyx.require(TrunkControl.class);
        SipTrunk trunk = trunks.create(TrunkRequest.trunk(new CommandId("clinic-42/trunk"), "clinic-42-pbx")
                .to(SipEndpoint.of("192.0.2.10").ranked(10, 10))
                .to(SipEndpoint.of("192.0.2.11").ranked(20, 10))
                .within(TrunkLimits.countries("CA", "US")
                        .spendingDaily(Money.of("50", "USD"))
                        .payingPerMinute(Money.of("0.05", "USD"))
                        .callsAtOnce(10)));
        trunks.attach(trunk.ref(), ours.number());
        // end
        return trunk;
    }
}
