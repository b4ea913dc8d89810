package io.careflow.pstn.asterisk;

import java.time.Instant;

/**
 * Whether an Asterisk is there.
 *
 * @param connected whether its events arrive
 * @param reason for people: why not
 * @param since since when
 */
public record AsteriskHealth(boolean connected, String reason, Instant since) {}
