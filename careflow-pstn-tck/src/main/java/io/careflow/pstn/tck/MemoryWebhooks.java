package io.careflow.pstn.tck;

import io.careflow.pstn.Secret;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Webhooks of the in-memory carrier: forms, signed with HMAC-SHA256 over time, URL and body. Its language for flows is one line
 * for each step and the ending.
 */
final class MemoryWebhooks implements Webhooks {
    static final String SIGNATURE = "X-Memory-Signature";
    private static final Pattern SIGNED = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;

    private final Switchboard board;
    private final Secret key;
    private final Set<String> seen = new LinkedHashSet<>();

    MemoryWebhooks(Switchboard board, Secret key) {
        this.board = board;
        this.key = key;
    }

    @Override
    public Delivery receive(WebhookRequest request) {
        String header = request.header(SIGNATURE).orElse(null);
        if (header == null) {
            return refused(Delivery.Reason.UNSIGNED, "header " + SIGNATURE + " is missing");
        }
        Matcher signature = SIGNED.matcher(header);
        if (!signature.matches() || !isOurs(request, signature)) {
            return refused(Delivery.Reason.FORGED, "the signature does not fit");
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(signature.group(1)));
        if (Duration.between(signed, board.time().now()).abs().compareTo(WINDOW) > 0) {
            return refused(Delivery.Reason.STALE, "signed " + signed + ", more than " + WINDOW + " away");
        }
        try {
            PstnEvent event = WebhookForm.read(board.id(), request.text());
            return new Delivery.Trusted(List.of(event), isRepeated(event));
        } catch (RuntimeException e) {
            return refused(Delivery.Reason.UNREADABLE, "the form cannot be read");
        }
    }

    @Override
    public WebhookReply answer(WebhookRequest request) {
        return receive(request) instanceof Delivery.Trusted trusted
                ? board.time().alone(() -> answer(trusted.events()))
                : WebhookReply.forbidden();
    }

    /** Signs a form as the carrier does, at this moment of its clock. */
    WebhookRequest sign(String url, String form, Instant at) {
        return signed(key, url, form, at);
    }

    /** The same with any key. */
    static WebhookRequest signed(Secret key, String url, String form, Instant at) {
        long time = at.getEpochSecond();
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        return WebhookRequest.post(url, form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(SIGNATURE, "t=" + time + ",v1=" + HexFormat.of().formatHex(hmac(key, time, url, body)));
    }

    private WebhookReply answer(List<PstnEvent> events) {
        WebhookReply reply = WebhookReply.noContent();
        for (PstnEvent event : events) {
            board.tell(event);
            if (event instanceof FlowEvent asking) {
                reply = WebhookReply.text(200, script(board.answer(asking)));
            }
        }
        return reply;
    }

    private static String script(CallFlow flow) {
        return Stream.concat(flow.steps().stream(), Stream.of(flow.ending()))
                .map(Objects::toString)
                .collect(Collectors.joining("\n"));
    }

    private boolean isOurs(WebhookRequest request, Matcher signature) {
        byte[] expected = hmac(key, Long.parseLong(signature.group(1)), request.url(), request.body());
        return MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature.group(2)));
    }

    private boolean isRepeated(PstnEvent event) {
        return board.time().alone(() -> {
            boolean repeated = !seen.add(event.id());
            if (seen.size() > REMEMBERED) {
                seen.remove(seen.iterator().next());
            }
            return repeated;
        });
    }

    private static byte[] hmac(Secret key, long time, String url, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + "." + url + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }

    private static Delivery refused(Delivery.Reason reason, String explanation) {
        return new Delivery.Refused(reason, explanation);
    }
}
