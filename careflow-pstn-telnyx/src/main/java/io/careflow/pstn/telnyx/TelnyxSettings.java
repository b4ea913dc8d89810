package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.http.Sleeper;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TelnyxBuilder} was told, checked.
 *
 * @param connection id of the call-control application that places calls; null if there is none
 * @param publicUrl where Telnyx reaches our webhooks; null to leave that to the settings of application and profile
 * @param publicKeys Base64 of 32 bytes each, what webhooks are signed with; empty if webhooks are not received
 * @param messagingProfile id of the profile that sends messages without a number of their own; null if there is none
 * @param sipDomain host of SIP users whose address names none
 * @param voices names of voices, by language tag
 * @param phones whose phones dial
 * @param answering asked for flows; null if there is nobody
 * @param apology what callers hear when {@code answering} fails
 * @param random strong enough for passwords
 */
record TelnyxSettings(
        ProviderId id,
        @Nullable String connection,
        @Nullable URI publicUrl,
        List<String> publicKeys,
        @Nullable String messagingProfile,
        String sipDomain,
        Map<String, String> voices,
        OwnPhones phones,
        @Nullable FlowHandler answering,
        Consumer<? super PstnEvent> telling,
        CallFlow apology,
        FlowStore flows,
        Clock clock,
        Sleeper sleeper,
        RandomGenerator random) {}
