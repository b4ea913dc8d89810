package io.careflow.pstn.asterisk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.machine.FlowRunner;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all calls of one Asterisk share.
 *
 * @param longestCall when a call is hung up, whatever it does
 */
record Switchboard(
        ProviderId provider,
        URI ari,
        String app,
        AriRest rest,
        Endpoints endpoints,
        PromptMedia prompts,
        FlowRunner.Application application,
        Mailboxes mailboxes,
        ScheduledExecutorService timers,
        Slots slots,
        Duration longestCall) {}
