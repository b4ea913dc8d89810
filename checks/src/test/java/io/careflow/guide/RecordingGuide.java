package io.careflow.guide;

import io.careflow.pstn.Pstn;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.consent.ConsentAction;
import io.careflow.pstn.consent.ConsentBasis;
import io.careflow.pstn.consent.ConsentDecision;
import io.careflow.pstn.consent.ConsentDesk;
import io.careflow.pstn.consent.ConsentLog;
import io.careflow.pstn.consent.ConsentParty;
import io.careflow.pstn.consent.ConsentRule;
import io.careflow.pstn.consent.ConsentRules;
import io.careflow.pstn.consent.ConsentWording;
import io.careflow.pstn.consent.Jurisdiction;
import io.careflow.pstn.consent.Places;
import io.careflow.pstn.consent.RecordingCopies;
import io.careflow.pstn.consent.RecordingPolicy;
import io.careflow.pstn.consent.RecordingRetention;
import io.careflow.pstn.consent.RetentionPolicy;
import io.careflow.pstn.desk.OutboundDeskBuilder;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.recording.Recordings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The code that docs/recording.md shows. */
final class RecordingGuide {
    private final ConsentDesk desk;
    private final RecordingPolicy policy;

    RecordingGuide(ConsentDesk desk, RecordingPolicy policy) {
        this.desk = desk;
        this.policy = policy;
    }

    static RecordingPolicy policy() {
        // snippet: recording-policy
        ConsentRules rules = ConsentRules.standard()
                .overriding(ConsentRule.of(
                        new Jurisdiction("CA-QC"), ConsentBasis.ALL_PARTY, ConsentAction.EXPLICIT, "our own caution"))
                .lowering(
                        ConsentRule.of(
                                new Jurisdiction("MX"), ConsentBasis.ONE_PARTY, ConsentAction.ANNOUNCE, "counsel"),
                        "opinion of Ms. Rivera, 3 May 2026");
        RecordingPolicy policy = new RecordingPolicy(rules, Places.fromNumbers()).atLeast(ConsentAction.ANNOUNCE);
        // end
        return policy;
    }

    static ConsentDesk desk(PstnDatabase database, Clock clock) {
        // snippet: recording-desk
        ConsentDesk desk = new ConsentDesk(
                database.consents(),
                new ConsentWording(
                        "en-1",
                        new Say("This call is recorded.", Locale.ENGLISH),
                        new Say("Press 1 if we may record this call.", Locale.ENGLISH)),
                clock);
        // end
        return desk;
    }

    // snippet: recording-flow
    CallFlow next(FlowEvent event) {
        CallFlow rest =
                CallFlow.start().dial(Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("rung")));
        if (event instanceof InboundCall call) {
            ConsentDecision decision = decide(call);
            return desk.begin(call.call(), decision, List.of("caller"), rest, Continuation.named("asked"));
        } else if (event instanceof InputGathered input) {
            ConsentDecision decision = decide(input.call());
            return desk.answered(input.call(), decision, List.of("caller"), input.input(), rest);
        }
        return CallFlow.start().hangUp();
    }
    // end

    CallFlow both(InboundCall call, FlowSupport support) {
        // snippet: recording-both
        CallFlow talk =
                CallFlow.start().dial(Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("rung")));
        return desk.joining(call.call(), decide(call), talk, support);
        // end
    }

    static OutboundDeskBuilder recording(OutboundDeskBuilder builder, RecordingPolicy policy, ConsentDesk consents) {
        // snippet: recording-callback
        return builder.recording(policy, consents, failure -> log("unrecorded: " + failure));
        // end
    }

    private static void log(String line) {
        System.getLogger("guide").log(System.Logger.Level.WARNING, line);
    }

    private ConsentDecision decide(InboundCall call) {
        // snippet: recording-decide
        ConsentDecision decision = policy.decide(List.of(
                ConsentParty.of("caller", call.from()),
                ConsentParty.in(new Jurisdiction("US-NY"), "nurse", call.to())));
        String why = String.join("\n", decision.because()); // a line for each party
        // end
        if (why.isEmpty()) {
            throw new IllegalStateException("a decision without a reason");
        }
        return decision;
    }

    private ConsentDecision decide(CallRef call) {
        throw new IllegalStateException("the application finds the decision of " + call);
    }

    static void cardNumber(Recordings recordings, CallRef call) {
        // snippet: recording-pause
        recordings.pause(call);
        // ... the caller says or types the card number ...
        recordings.resume(call);
        // end
    }

    static RecordingRetention retention(
            PstnDatabase database,
            Pstn pstn,
            Set<CallRef> lawsuit,
            RecordingCopies ownFiles,
            RecordingRetention.Listener audit) {
        // snippet: recording-retention
        RetentionPolicy policy =
                RetentionPolicy.keepingFor(Duration.ofDays(90)).holding(cdr -> lawsuit.contains(cdr.call()));
        RecordingRetention retention = new RecordingRetention(
                database.cdrs(),
                database.cdrs(),
                provider -> pstn.provider(provider).find(Recordings.class),
                ownFiles,
                policy,
                audit,
                Clock.systemUTC());
        RecordingRetention.Run run = retention.run(); // once a day, from a timer of yours
        // end
        if (run.failed() > 0) {
            throw new IllegalStateException(run.failed() + " recordings are still there");
        }
        return retention;
    }

    static ConsentLog log(PstnDatabase database) {
        return database.consents();
    }
}
