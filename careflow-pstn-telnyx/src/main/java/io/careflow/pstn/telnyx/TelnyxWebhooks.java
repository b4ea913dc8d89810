package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.telnyx.HookReader.Unreadable;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telnyx's webhooks: checked, read, told, and where they are of a call, handed to its flow. A refused one is answered 403, which
 * Telnyx does not send again; one whose consequences could not be kept 503, so that it comes again. Thread-safe.
 */
final class TelnyxWebhooks implements Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(TelnyxWebhooks.class);
    private static final int REMEMBERED = 10_000;
    private static final WebhookReply AGAIN = new WebhookReply(503, null, "");

    private final ProviderId provider;
    private final Clock clock;
    private final Telling telling;
    private final SignatureCheck signatures;
    private final HookReader reader;
    private final TelnyxEvents events;
    private final Flows flows;
    private final Recent delivered = new Recent(REMEMBERED);

    /**
     * Webhooks of one account.
     *
     * @param keys that may have signed
     * @param events what webhooks mean by themselves
     * @param telling is told what is no matter of calls
     */
    TelnyxWebhooks(
            ProviderId provider,
            PublicKeys keys,
            TelnyxEvents events,
            Clock clock,
            Consumer<? super PstnEvent> telling,
            Flows flows) {
        this.provider = provider;
        this.clock = clock;
        this.telling = new Telling(provider, telling);
        this.signatures = new SignatureCheck(keys, clock);
        this.reader = new HookReader(provider);
        this.events = events;
        this.flows = flows;
    }

    @Override
    public Delivery receive(WebhookRequest request) {
        return read(
                request, refused -> refused, hook -> new Delivery.Trusted(events.seen(hook), delivered.had(hook.id())));
    }

    @Override
    public WebhookReply answer(WebhookRequest request) {
        return read(
                request,
                refused -> {
                    LOG.warn("{}: webhook refused, {}: {}", provider, refused.reason(), refused.explanation());
                    return WebhookReply.forbidden();
                },
                this::follow);
    }

    private WebhookReply follow(Hook hook) {
        if (!hook.type().startsWith("call.") && !hook.type().startsWith("conference.")) {
            return told(hook) ? WebhookReply.noContent() : AGAIN;
        }
        try {
            flows.happened(hook);
            return WebhookReply.noContent();
        } catch (RuntimeException e) {
            LOG.error("{}: {} could not be followed; Telnyx is asked to send it again", provider, hook, e);
            return AGAIN;
        }
    }

    /** False if a text came in that the application could not take: it exists nowhere else, so Telnyx must keep it. */
    private boolean told(Hook hook) {
        boolean told = true;
        for (PstnEvent event : events.of(hook)) {
            told &= telling.isHeard(event) || !(event instanceof MessageReceived);
        }
        return told;
    }

    private <T> T read(WebhookRequest request, Function<Delivery.Refused, T> refused, Function<Hook, T> trusted) {
        Optional<Delivery.Refused> refusal = signatures.refusal(request);
        if (refusal.isPresent()) {
            return refused.apply(refusal.get());
        }
        Hook hook;
        try {
            hook = reader.read(request.body(), clock.instant());
        } catch (Unreadable e) {
            return refused.apply(new Delivery.Refused(Reason.UNREADABLE, e.explanation()));
        }
        return trusted.apply(events.trusted(hook));
    }
}
