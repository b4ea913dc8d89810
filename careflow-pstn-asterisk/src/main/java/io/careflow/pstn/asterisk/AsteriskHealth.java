package io.careflow.pstn.asterisk;

import java.time.Instant;

/**
 * Whether an Asterisk is there.
 *
 * @param connected whether its events arrive
 * @param reason for people: why not, such as a refused password; holds no secrets
 * @param since since when it is so; a reason that changes while Asterisk is away leaves it as it is
 */
public record AsteriskHealth(boolean connected, String reason, Instant since) {}
