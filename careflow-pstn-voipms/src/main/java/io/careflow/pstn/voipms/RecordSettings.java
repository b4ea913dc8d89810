package io.careflow.pstn.voipms;

import io.careflow.pstn.Secret;
import io.careflow.pstn.event.PstnEvent;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link VoipMsBuilder} was told of messages and records, checked.
 *
 * @param clock how times are meant
 * @param longTexts what becomes of long texts whose request says nothing
 * @param route whose prices hold
 * @param webhookToken what callbacks must carry; null if none are taken
 * @param webhookUrl where VoIP.ms reaches our callbacks, or null
 * @param telling is told of messages that come in
 */
record RecordSettings(
        VoipMsClock clock,
        LongText longTexts,
        Route route,
        @Nullable Secret webhookToken,
        @Nullable URI webhookUrl,
        Consumer<? super PstnEvent> telling) {}
