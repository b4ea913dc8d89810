package io.careflow.pstn.twilio;

import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.twilio.Reading.Next;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Twilio's webhooks. Keeps nothing of a call but which ones it ended; thread-safe. */
final class TwilioWebhooks implements Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(TwilioWebhooks.class);
    private static final int MOST_IDLE_FLOWS = 100;
    private static final int REMEMBERED = 10_000;
    private static final WebhookReply NOT_TAKEN = new WebhookReply(503, null, "");
    private static final String XML = "text/xml; charset=utf-8";

    private final WebhookSettings settings;
    private final SignatureCheck signatures;
    private final MemoSeal seal;
    private final TwimlRenderer renderer;
    private final WebhookReader reader;
    private final EndedCalls ended;
    private final Recent<String, Boolean> delivered = new Recent<>(REMEMBERED);

    TwilioWebhooks(WebhookSettings settings, MemoSeal seal, TwimlRenderer renderer, EndedCalls ended) {
        this.settings = settings;
        this.signatures = new SignatureCheck(settings.tokens());
        this.seal = seal;
        this.renderer = renderer;
        this.reader = new WebhookReader(settings.provider(), settings.phones());
        this.ended = ended;
        // Refused now rather than when somebody should hear it.
        String unused = renderer.render(
                settings.apology(),
                CallContext.arriving("apology", settings.clock().instant()));
    }

    @Override
    public Delivery receive(WebhookRequest request) {
        return read(
                request,
                refused -> refused,
                reading -> new Delivery.Trusted(
                        ended.corrected(reading.events()),
                        request.header("I-Twilio-Idempotency-Token")
                                .filter(token -> delivered.had(token, true))
                                .isPresent()));
    }

    @Override
    public WebhookReply answer(WebhookRequest request) {
        return read(
                request,
                refused -> {
                    LOG.warn(
                            "{}: webhook refused, {}: {}",
                            settings.provider(),
                            refused.reason(),
                            refused.explanation());
                    return WebhookReply.forbidden();
                },
                reading -> {
                    // A text exists nowhere else: what nobody could take must not look taken.
                    boolean taken = true;
                    for (PstnEvent event : ended.corrected(reading.events())) {
                        taken &= tell(event) || !(event instanceof MessageReceived);
                    }
                    return taken ? reply(reading.next()) : NOT_TAKEN;
                });
    }

    private <T> T read(WebhookRequest request, Function<Delivery.Refused, T> refused, Function<Reading, T> trusted) {
        Optional<Delivery.Refused> unread = SignatureCheck.refusalUnread(request);
        if (unread.isPresent()) {
            return refused.apply(unread.get());
        }
        SignedRequest signed = SignedRequest.of(request, settings.signedUrl(request.url()));
        Optional<Delivery.Refused> refusal = signatures.refusal(signed);
        if (refusal.isPresent()) {
            return refused.apply(refusal.get());
        }
        Instant now = settings.clock().instant();
        Reading reading;
        try {
            String sealed = signed.query().get(WebhookUrls.MEMO);
            if (sealed == null) {
                reading = reader.read(signed, now);
            } else {
                Optional<CallMemo> memo = seal.open(sealed).filter(found -> found.belongsTo(owner(found, signed)));
                if (memo.isEmpty()) {
                    return refused.apply(new Delivery.Refused(
                            Reason.FORGED, "the continuation was altered, or belongs to another call"));
                }
                reading = reader.read(signed, memo.get(), now);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return refused.apply(
                    new Delivery.Refused(Reason.UNREADABLE, "a field of the webhook has a value that cannot be read"));
        }
        return trusted.apply(reading);
    }

    private static String owner(CallMemo memo, SignedRequest signed) {
        return signed.fields().text(memo.kind() == CallMemo.Kind.LEG ? "ParentCallSid" : "CallSid");
    }

    private WebhookReply reply(Next next) {
        if (next instanceof Next.Ask ask) {
            return ask(ask.event(), ask.call());
        } else if (next instanceof Next.Again again) {
            return xml(renderer.gatherAgain(again.gather(), again.call(), again.then()));
        } else if (next instanceof Next.End end) {
            over(end.call(), end.ending(), ReleasedBy.SYSTEM);
            return xml(TwimlRenderer.finish(end.ending(), end.call().answer().isAnswered()));
        }
        return next instanceof Next.Nothing ? xml(TwimlRenderer.nothing()) : WebhookReply.noContent();
    }

    private WebhookReply ask(FlowEvent first, CallContext arrived) {
        FlowEvent event = first;
        CallContext call = arrived;
        for (int idle = 0; idle < MOST_IDLE_FLOWS; idle++) {
            CallFlow flow;
            String document;
            try {
                flow = settings.handler().next(event);
                document = renderer.render(flow, call);
            } catch (RuntimeException e) {
                LOG.error(
                        "{}: no flow for {} of {}",
                        settings.provider(),
                        event.getClass().getSimpleName(),
                        event.call(),
                        e);
                return sorry(event, call);
            }
            note(event, call, flow.note());
            if (!flow.steps().isEmpty() || !(flow.ending() instanceof Redirect redirect)) {
                endsAtOnce(event, flow, call);
                return xml(document);
            }
            event = new Redirected(
                    Moments.id(call.call(), "redirect", call.number()), call.now(), event.call(), redirect.then());
            boolean unused = tell(event);
            call = call.next();
        }
        LOG.error("{}: {} flows in a row of {} did nothing", settings.provider(), MOST_IDLE_FLOWS, event.call());
        return sorry(event, call);
    }

    /** The apology, but whatever its ending, it ends the call. */
    private WebhookReply sorry(FlowEvent event, CallContext call) {
        CallFlow apology = settings.apology();
        Ending ending = apology.ending() instanceof HangUp || apology.ending() instanceof Reject
                ? apology.ending()
                : new HangUp(HangupCause.TEMPORARY_FAILURE);
        CallFlow flow = new CallFlow(apology.steps(), ending, apology.note())
                .noting(CallNote.NONE.withOutcome(Disposition.FAILED));
        note(event, call, flow.note());
        endsAtOnce(event, flow, call);
        return xml(renderer.render(flow, call));
    }

    private void endsAtOnce(FlowEvent event, CallFlow flow, CallContext call) {
        if (flow.steps().isEmpty() && (flow.ending() instanceof HangUp || flow.ending() instanceof Reject)) {
            boolean calleeLeft = event instanceof DialEnded dial
                    && dial.result() == Disposition.ANSWERED
                    && dial.cause().q850() != HangupCause.TIMER_EXPIRED.q850();
            over(call, flow.ending(), calleeLeft ? ReleasedBy.CALLEE : ReleasedBy.SYSTEM);
        }
    }

    private void over(CallContext call, Ending ending, ReleasedBy by) {
        CallRef ref = new CallRef(settings.provider(), call.call());
        HangupCause cause = EndMemo.cause(ending, call.answer().isAnswered());
        boolean unused = tell(ended.byUs(new CallEnded(call.call() + ":ended", call.now(), ref, cause, by, true)));
    }

    private void note(FlowEvent event, CallContext call, CallNote note) {
        if (!note.equals(CallNote.NONE)) {
            boolean unused =
                    tell(new CallNoted(Moments.id(call.call(), "note", call.number()), call.now(), event.call(), note));
        }
    }

    /** Tells it. Returns whether the listener came to its end. */
    private boolean tell(PstnEvent event) {
        try {
            settings.telling().accept(event);
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "{}: the listener failed on {}",
                    settings.provider(),
                    event.getClass().getSimpleName(),
                    e);
            return false;
        }
    }

    private static WebhookReply xml(String document) {
        return new WebhookReply(200, XML, document);
    }
}
