package io.careflow.pstn.benchmarks;

import io.careflow.pstn.webhook.WebhookRequest;
import java.util.Map;

/**
 * One webhook, as each side takes it.
 *
 * @param request with its raw body, as ours takes it
 * @param url as it was called
 * @param fields the body's, decoded
 * @param signature the header
 */
record SignedWebhook(WebhookRequest request, String url, Map<String, String> fields, String signature) {}
