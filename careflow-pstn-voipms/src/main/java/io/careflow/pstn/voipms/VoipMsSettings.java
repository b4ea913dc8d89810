package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a {@link VoipMsBuilder} was told, checked.
 *
 * @param username the portal's, an e-mail address
 * @param whole deadline of one attempt of a read
 * @param slowWrite deadline of a write
 * @param random strong enough for passwords
 */
record VoipMsSettings(
        ProviderId id,
        String username,
        Secret apiPassword,
        Duration whole,
        Duration slowWrite,
        Clock clock,
        Sleeper sleeper,
        RandomGenerator random) {}
