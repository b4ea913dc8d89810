package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link VoipMsBuilder} was told, checked.
 *
 * @param username the portal's, an e-mail address
 * @param server host name of the server that the PBX registers at; null for the one that VoIP.ms recommends
 * @param whole deadline of one attempt of a read
 * @param slowWrite deadline of a write
 * @param random strong enough for passwords
 * @param records of messages and records
 */
record VoipMsSettings(
        ProviderId id,
        String username,
        Secret apiPassword,
        @Nullable String server,
        Duration whole,
        Duration slowWrite,
        Clock clock,
        Sleeper sleeper,
        RandomGenerator random,
        RecordSettings records) {}
