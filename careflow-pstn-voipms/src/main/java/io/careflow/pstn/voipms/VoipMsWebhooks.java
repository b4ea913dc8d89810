package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Callbacks of text messages. VoIP.ms signs nothing: what is trusted carries our secret, as the parameter {@code token} or as the
 * last part of the path. It wants to hear {@code ok}, and sends again every half hour until it does; so it hears that only once the
 * listener has the message, and a repeat is not told twice by one process. Thread-safe.
 */
final class VoipMsWebhooks implements Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(VoipMsWebhooks.class);
    private static final int REMEMBERED = 10_000;
    /** Far more than VoIP.ms ever sends. */
    private static final int LARGEST_BODY = 1 << 18;

    private static final int LONGEST_URL = 1 << 14;
    private static final Set<String> METHODS = Set.of("GET", "POST");
    private static final WebhookReply TAKEN = new WebhookReply(200, "text/plain", "ok");
    private static final WebhookReply AGAIN = new WebhookReply(503, null, "");

    private final ProviderId provider;
    private final Secret token;
    private final CallbackReader reader;
    private final Consumer<? super PstnEvent> telling;
    private final Recent received = new Recent(REMEMBERED);
    private final Recent told = new Recent(REMEMBERED);
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    /**
     * Callbacks of one account.
     *
     * @param token what they must carry
     * @param telling is told of messages that come in
     */
    VoipMsWebhooks(ProviderId provider, Secret token, CallbackReader reader, Consumer<? super PstnEvent> telling) {
        this.provider = provider;
        this.token = token;
        this.reader = reader;
        this.telling = telling;
    }

    @Override
    public Delivery receive(WebhookRequest request) {
        Delivery delivery = read(request);
        if (delivery instanceof Delivery.Trusted trusted) {
            boolean repeated = false;
            for (PstnEvent event : trusted.events()) {
                repeated |= received.had(event.id());
            }
            return new Delivery.Trusted(trusted.events(), repeated);
        }
        return delivery;
    }

    @Override
    public WebhookReply answer(WebhookRequest request) {
        Delivery delivery = read(request);
        if (delivery instanceof Delivery.Refused refused) {
            LOG.warn("{}: callback refused, {}: {}", provider, refused.reason(), refused.explanation());
            return WebhookReply.forbidden();
        }
        for (PstnEvent event : ((Delivery.Trusted) delivery).events()) {
            if (!told(event)) {
                return AGAIN;
            }
        }
        return TAKEN;
    }

    // VoIP.ms keeps nothing for us that we have said ok to, so a listener that fails must hear of it again.
    // Nor is a repeat ok while the listener is still at work on the first.
    private boolean told(PstnEvent event) {
        if (!inHand.add(event.id())) {
            return false;
        }
        try {
            if (!told.has(event.id())) {
                telling.accept(event);
                boolean unused = told.had(event.id());
            }
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "{}: the listener failed on {}; VoIP.ms is asked to send it again",
                    provider,
                    event.getClass().getSimpleName(),
                    e);
            return false;
        } finally {
            inHand.remove(event.id());
        }
    }

    private Delivery read(WebhookRequest request) {
        if (request.url().length() > LONGEST_URL || request.body().length > LARGEST_BODY) {
            return new Delivery.Refused(Reason.UNREADABLE, "it is larger than any that VoIP.ms sends");
        }
        CallbackForm form = new CallbackForm(request.url());
        Optional<String> parameter = form.text("token");
        String given = parameter.orElseGet(form::lastSegment);
        if (!CallbackToken.matches(token, given)) {
            // Of a path nobody can say whether its end was meant to be a token.
            boolean none = parameter.isEmpty() && !CallbackToken.isStrong(given);
            return none
                    ? new Delivery.Refused(Reason.UNSIGNED, "there is no token in its URL")
                    : new Delivery.Refused(Reason.FORGED, "the token in its URL is not ours");
        }
        if (!METHODS.contains(request.method())) {
            return new Delivery.Refused(Reason.UNREADABLE, "it is neither a GET nor a POST");
        }
        try {
            return new Delivery.Trusted(List.of(reader.read(request, form)), false);
        } catch (CallbackReader.Unreadable e) {
            return new Delivery.Refused(Reason.UNREADABLE, e.explanation());
        }
    }
}
