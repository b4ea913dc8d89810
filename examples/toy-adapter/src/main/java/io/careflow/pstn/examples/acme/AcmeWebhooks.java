package io.careflow.pstn.examples.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Acme signs the body with a key that both know, and no time. What came before is in the set. */
public record AcmeWebhooks(ProviderId provider, Secret key, Consumer<PstnEvent> listener, Set<String> seen)
        implements Webhooks {
    @Override
    public Delivery receive(WebhookRequest request) {
        String signature = request.header("X-Acme-Signature").orElse("");
        if (signature.isEmpty()) {
            return new Delivery.Refused(Delivery.Reason.UNSIGNED, "there is no X-Acme-Signature");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(UTF_8), "HmacSHA256"));
            String right = Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
            if (!MessageDigest.isEqual(right.getBytes(UTF_8), signature.getBytes(UTF_8))) {
                return new Delivery.Refused(Delivery.Reason.FORGED, "X-Acme-Signature does not fit the body");
            }
            PstnEvent event = event(Fields.of(provider, "webhook.receive", new Json().read(request.body())), request);
            return new Delivery.Trusted(List.of(event), !seen.add(event.id()));
        } catch (GeneralSecurityException | MalformedJson | PstnException e) {
            return new Delivery.Refused(Delivery.Reason.UNREADABLE, "the body is not what Acme documents");
        }
    }

    private PstnEvent event(Fields fields, WebhookRequest request) {
        String id = fields.requireText("id");
        String type = fields.requireText("type");
        Instant at = fields.requireInstant("at");
        if (!type.equals("message.received")) {
            return new Unrecognized(id, at, type, request.text());
        }
        MessageRef message = new MessageRef(provider, fields.requireText("message"));
        String text = fields.text("text").orElse("");
        return new MessageReceived(
                id, at, message, fields.requireText("from"), fields.requireText("to"), text, List.of());
    }

    @Override
    public WebhookReply answer(WebhookRequest request) {
        if (receive(request) instanceof Delivery.Trusted trusted) {
            trusted.events().forEach(listener);
            return WebhookReply.noContent();
        }
        return WebhookReply.forbidden();
    }
}
