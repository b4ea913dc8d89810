package io.careflow.pstn.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed webhooks, with flaws on demand. */
final class ExchangeWebhooks implements Webhooks {
    private final Secret key;
    private final Set<Flaw> flaws;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    ExchangeWebhooks(Secret key, Set<Flaw> flaws) {
        this.key = key;
        this.flaws = flaws;
    }

    static String sign(byte[] body, Secret key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Delivery receive(WebhookRequest request) {
        String signature = request.header("X-Signature").orElse("");
        if (signature.isEmpty()) {
            return new Delivery.Refused(Delivery.Reason.UNSIGNED, "no signature");
        }
        boolean right = MessageDigest.isEqual(sign(request.body(), key).getBytes(UTF_8), signature.getBytes(UTF_8));
        if (!right && !flaws.contains(Flaw.TRUSTS_FORGED)) {
            return new Delivery.Refused(Delivery.Reason.FORGED, "signature does not fit");
        }
        try {
            PstnEvent event = event(Fields.of(Exchange.ID, "webhook", new Json().read(request.body())), request);
            if (event instanceof Unrecognized && flaws.contains(Flaw.DROPS_UNKNOWN_EVENTS)) {
                return new Delivery.Trusted(List.of(), false);
            }
            boolean repeated = !seen.add(event.id()) && !flaws.contains(Flaw.FORGETS_REPEATS);
            return new Delivery.Trusted(List.of(event), repeated);
        } catch (MalformedJson | PstnException e) {
            return new Delivery.Refused(Delivery.Reason.UNREADABLE, "not readable");
        }
    }

    @Override
    public WebhookReply answer(WebhookRequest request) {
        boolean trusted = receive(request) instanceof Delivery.Trusted;
        return trusted || flaws.contains(Flaw.ANSWERS_FORGED) ? WebhookReply.noContent() : WebhookReply.forbidden();
    }

    private static PstnEvent event(Fields fields, WebhookRequest request) {
        String id = fields.requireText("id");
        String type = fields.requireText("type");
        if (!type.equals("message")) {
            return new Unrecognized(id, fields.requireInstant("at"), type, request.text());
        }
        MessageRef message = new MessageRef(Exchange.ID, "m-1");
        return new MessageReceived(id, fields.requireInstant("at"), message, "a", "b", "text", List.of());
    }
}
