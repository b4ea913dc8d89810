package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TwilioBuilder} was told, checked.
 *
 * @param account SID of the account, {@code AC...}
 * @param edge where requests and SIP calls enter Twilio's network; null for Twilio's choice
 * @param hosts where Twilio's products are
 * @param publicUrl absolute base below which Twilio reaches our webhooks, without a slash at its end; null if none was given
 * @param behindProxy whether requests arrive with another scheme, host or port than those of the public URL
 * @param sipDomain host of SIP users whose address names none; null if there is none
 * @param usersAreClients whether those users are clients of the Voice SDK
 * @param voices names of voices, by language tag
 * @param answering asked for flows; null if there is nobody
 * @param apology what callers hear when {@code answering} fails; null for the adapter's own
 * @param phones whose phones dial
 * @param webhookTokens auth tokens that webhooks may be signed with; the account's own comes first
 * @param continuationKey signs what we hand out and get back
 * @param random strong enough for passwords
 */
record TwilioSettings(
        ProviderId id,
        String account,
        @Nullable String edge,
        TwilioHosts hosts,
        @Nullable URI publicUrl,
        boolean behindProxy,
        @Nullable String sipDomain,
        boolean usersAreClients,
        Map<String, String> voices,
        @Nullable FlowHandler answering,
        Consumer<? super PstnEvent> telling,
        @Nullable CallFlow apology,
        OwnPhones phones,
        List<Secret> webhookTokens,
        Secret continuationKey,
        Clock clock,
        RandomGenerator random) {}
