package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.routing.RouteAlarm;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of one Asterisk share.
 *
 * @param longestCall when a call is hung up, whatever it does
 * @param recognition what understands callers who speak, or null if nothing does
 * @param machines whether Asterisk can tell answering machines from people
 * @param alarms is told what of ours at a trunk wants mending
 */
record Switchboard(
        ProviderId provider,
        URI ari,
        String app,
        AriRest rest,
        Endpoints endpoints,
        Trunks trunks,
        PromptMedia prompts,
        FlowRunner.Application application,
        Mailboxes mailboxes,
        ScheduledExecutorService timers,
        Slots slots,
        EndRecords ends,
        Rooms rooms,
        Duration longestCall,
        @Nullable Recognition recognition,
        boolean machines,
        Consumer<RouteAlarm> alarms) {

    /** Whether a channel is in our application, and so ours to steer; not while the dialplan has it, as for a dial. */
    boolean isWaiting(JsonNode channel) {
        JsonNode dialplan = channel.path("dialplan");
        String data = dialplan.path("app_data").asText();
        return dialplan.path("app_name").asText().equals("Stasis")
                && (data.equals(app) || data.startsWith(app + ","))
                && Stream.of(
                                CallArguments.RECORDER,
                                CallArguments.DETECTOR,
                                CallArguments.JUDGED,
                                CallArguments.SPEAKER)
                        .noneMatch(listening -> data.startsWith(app + "," + listening));
    }
}
