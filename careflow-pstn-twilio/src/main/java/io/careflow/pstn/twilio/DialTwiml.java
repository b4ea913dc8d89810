package io.careflow.pstn.twilio;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Dial;
import java.util.List;

/** Dialling as TwiML. Thread-safe. */
final class DialTwiml {
    private static final int MOST_DESTINATIONS = 10;
    private static final long SHORTEST_RING = 5;

    private final FlowSettings settings;
    private final MemoSeal seal;

    DialTwiml(FlowSettings settings, MemoSeal seal) {
        this.settings = settings;
        this.seal = seal;
    }

    /** Rings somebody; the call is answered when they answer. */
    void write(Twiml out, Dial dial, CallContext call) {
        if (dial.destinations().size() > MOST_DESTINATIONS) {
            throw TwilioFlows.refused(
                    settings.provider(),
                    "ringing " + dial.destinations().size() + " destinations at once",
                    "up to " + MOST_DESTINATIONS + " destinations");
        }
        long ring = Math.max(SHORTEST_RING, StepTwiml.seconds(dial.ringFor()));
        long longest = StepTwiml.seconds(dial.longest());
        CallMemo memo = CallMemo.of(
                CallMemo.Kind.DIAL,
                call,
                dial.then(),
                List.of(
                        Long.toString(longest),
                        Integer.toString(dial.destinations().size())));
        out.open("Dial")
                .with("action", settings.urls().next(seal.seal(memo)))
                .with("answerOnBridge", "true")
                .with("timeout", ring)
                .with("timeLimit", longest);
        if (dial.callerId() != null) {
            out.with("callerId", dial.callerId().e164());
        }
        for (Destination destination : dial.destinations()) {
            write(out, destination, call, ring);
        }
        out.close("Dial");
    }

    /**
     * Puts the call into a conference. It goes on without a guest, which is Twilio's default; when a host leaves it ends, and Twilio
     * asks for the action of everybody else's Dial.
     */
    void write(Twiml out, Conference conference, String room, CallContext call) {
        CallMemo memo = CallMemo.of(CallMemo.Kind.CONFERENCE, call, conference.then(), List.of());
        out.open("Dial").with("action", settings.urls().next(seal.seal(memo))).open("Conference");
        if (conference.host()) {
            out.with("endConferenceOnExit", "true");
        }
        out.text(room).close("Conference").close("Dial");
    }

    private void write(Twiml out, Destination asked, CallContext call, long ring) {
        Destination destination = WebClient.ringing(asked, settings.usersAreClients());
        String noun;
        String address;
        if (destination instanceof Destination.Phone phone) {
            noun = "Number";
            address = phone.number().e164();
        } else if (destination instanceof Destination.Sip sip) {
            noun = "Sip";
            address = sip(sip.sip());
        } else if (destination instanceof WebClient client) {
            noun = "Client";
            address = client.identity();
        } else {
            throw TwilioFlows.refused(
                    settings.provider(),
                    "dialling a " + destination.getClass().getSimpleName(),
                    "numbers",
                    "SIP addresses",
                    "clients of the Voice SDK");
        }
        LegMemo leg = new LegMemo(asked.address(), call.now().getEpochSecond(), ring);
        String memo = seal.seal(CallMemo.of(CallMemo.Kind.LEG, call, leg.write()));
        out.open(noun)
                .with("statusCallback", settings.urls().leg(memo))
                .with("statusCallbackEvent", "initiated ringing answered completed")
                .text(address)
                .close(noun);
    }

    private String sip(SipAddress address) {
        if (address.host() != null) {
            return address.toString();
        }
        if (settings.sipDomain() == null) {
            throw TwilioFlows.refused(
                    settings.provider(),
                    "dialling the SIP user '" + address.user() + "' without a host, where no SIP domain is set",
                    "numbers",
                    "SIP addresses with a host",
                    "clients of the Voice SDK");
        }
        return address + "@" + settings.sipDomain();
    }
}
