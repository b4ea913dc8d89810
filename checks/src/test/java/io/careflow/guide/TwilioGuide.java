package io.careflow.guide;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRequest;
import io.careflow.pstn.twilio.TwilioOptions;
import io.careflow.pstn.twilio.TwilioProvider;
import java.net.URI;
import java.util.List;

/** What the guide shows of Twilio. */
final class TwilioGuide {
    private TwilioGuide() {}

    static TwilioProvider provider(String accountSid, Secret authToken, FlowHandler handler) {
        // snippet: twilio-provider
        TwilioProvider twilio = TwilioProvider.at(accountSid, authToken)
                .publicUrl(URI.create("https://phone.example.org/twilio")) // our webhooks, as Twilio reaches them
                .answeredBy(handler)
                .build();
        // end
        return twilio;
    }

    static NumberAtCarrier number(TwilioProvider twilio, URI voiceUrl) {
        // snippet: twilio-number
        NumberInventory numbers = twilio.require(NumberInventory.class);
        List<AvailableNumber> found = numbers.search(
                NumberQuery.local("CA").inArea("819").with(NumberFeature.SMS).atMost(5));
        NumberAtCarrier ours = numbers.order(NumberOrder.of(new CommandId("clinic-42/main"), found.get(0))
                .settingUp(NumberSettings.NONE.voice(voiceUrl).labelled("Front desk")));
        // end
        return ours;
    }

    static SipTrunk trunk(TwilioProvider twilio, NumberAtCarrier ours) {
        // snippet: twilio-trunk
        TrunkControl trunks = twilio.require(TrunkControl.class);
        SipTrunk trunk = trunks.create(TrunkRequest.trunk(new CommandId("clinic-42/trunk"), "clinic-42")
                .to(SipEndpoint.of("pbx1.example.org").ranked(10, 10))
                .to(SipEndpoint.of("pbx2.example.org").ranked(20, 10))
                .with(TwilioOptions.TRUNK_RECORDING, "record-from-answer-dual"));
        trunks.attach(trunk.ref(), ours.number());
        // end
        return trunk;
    }
}
