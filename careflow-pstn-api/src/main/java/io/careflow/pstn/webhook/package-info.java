/** What carriers tell us by HTTP: {@link io.careflow.pstn.webhook.Webhooks} trusts it or refuses it. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.webhook;
