package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.machine.FlowRunner;
import org.jspecify.annotations.Nullable;

/**
 * What all calls share.
 *
 * @param application asked for flows; it hears of no events itself
 * @param connection id of the call-control application that dials; null if there is none
 * @param sipDomain host of SIP users whose address names none
 * @param webhooks our place for webhooks, named where calls are placed; null for the application's own
 */
record FlowDesk(
        ProviderId id,
        FlowRunner.Application application,
        StateJson json,
        Voices voices,
        @Nullable String connection,
        String sipDomain,
        @Nullable String webhooks) {}
