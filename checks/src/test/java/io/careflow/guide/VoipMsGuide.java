package io.careflow.guide;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.CompositeProvider;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRequest;
import io.careflow.pstn.voipms.AccountRecordings;
import io.careflow.pstn.voipms.EmergencyAddresses;
import io.careflow.pstn.voipms.EmergencyState;
import io.careflow.pstn.voipms.LongText;
import io.careflow.pstn.voipms.MessageArchive;
import io.careflow.pstn.voipms.MessageCallbacks;
import io.careflow.pstn.voipms.Route;
import io.careflow.pstn.voipms.StoredMessage;
import io.careflow.pstn.voipms.TerminationRates;
import io.careflow.pstn.voipms.VoipMsOptions;
import io.careflow.pstn.voipms.VoipMsProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What the guide shows of VoIP.ms. */
final class VoipMsGuide {
    private VoipMsGuide() {}

    static VoipMsProvider provider(Secret apiPassword, Secret callbackToken, Consumer<PstnEvent> listener) {
        // snippet: voipms-provider
        VoipMsProvider voipms = VoipMsProvider.with("telephony@example.org", apiPassword)
                .server("toronto1.voip.ms") // the one that the PBX registers at
                .webhookToken(callbackToken) // VoipMsBuilder.newWebhookToken(), made once and kept
                .webhookUrl(URI.create("https://phone.example.org/voipms"))
                .telling(listener)
                .build();
        // end
        return voipms;
    }

    static SipTrunk trunk(PstnProvider voipms) {
        // snippet: voipms-trunk
        SipTrunk trunk = voipms.require(TrunkControl.class)
                .create(TrunkRequest.trunk(new CommandId("clinic-42/trunk"), "clinic42")
                        .secured(true, true)); // TLS and SRTP only; the PBX registers
        // end
        return trunk;
    }

    static NumberAtCarrier number(PstnProvider voipms, SipTrunk trunk) {
        // snippet: voipms-number
        NumberInventory numbers = voipms.require(NumberInventory.class);
        List<AvailableNumber> found =
                numbers.search(NumberQuery.local("CA").inArea("819").atMost(5));
        NumberAtCarrier ours = numbers.order(NumberOrder.of(new CommandId("clinic-42/main"), found.get(0))
                .settingUp(NumberSettings.NONE.trunk(trunk.ref().id()).with(VoipMsOptions.SMS, true)));
        // end
        return ours;
    }

    static Call call(PstnProvider voipms, PstnProvider asterisk, CallRequest request) {
        // snippet: voipms-calls
        PstnProvider clinic = CompositeProvider.of("clinic", voipms, asterisk);
        Call call = clinic.require(CallControl.class).place(request); // Asterisk's, over the trunk
        // end
        return call;
    }

    static Message text(PstnProvider voipms, PhoneNumber ours, PhoneNumber patient, String words) {
        // snippet: voipms-text
        Message text = voipms.require(Messaging.class)
                .send(MessageRequest.of(new CommandId("reminder-4711-text"), ours, patient, words)
                        .with(VoipMsOptions.LONG_TEXT, LongText.SPLIT));
        // end
        return text;
    }

    static List<StoredMessage> inbox(PstnProvider voipms, PhoneNumber ours, Instant since, Instant now) {
        // snippet: voipms-inbox
        voipms.require(MessageCallbacks.class).enable(ours);
        List<StoredMessage> missed = voipms.require(MessageArchive.class).list(ours, since, now);
        // end
        return missed;
    }

    static void recordings(PstnProvider voipms, SipTrunk trunk, Instant from, Instant to, Path folder)
            throws IOException {
        // snippet: voipms-recordings
        Recordings recordings = voipms.require(Recordings.class);
        int number = 0;
        for (Recording recording :
                voipms.require(AccountRecordings.class).list(trunk.ref().id(), from, to)) {
            Path file = folder.resolve(++number + ".mp3");
            try (OutputStream sink = Files.newOutputStream(file)) {
                recordings.download(recording.ref(), RecordingFormat.MP3, sink); // decoded while it comes
            }
            recordings.delete(recording.ref());
        }
        // end
    }

    static long calls(PstnProvider voipms, Consumer<ProviderCdr> ledger) {
        // snippet: voipms-records
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        long calls = voipms.require(ProviderCdrs.class).pull(now.minus(Duration.ofHours(2)), now, ledger);
        // end
        return calls;
    }

    static RateDeck rates(PstnProvider voipms) {
        // snippet: voipms-rates
        RateDeck deck = voipms.require(TerminationRates.class)
                .deck(Route.VALUE, "2026-03-01", List.of("Canada", "USA", "Mexico"));
        // end
        return deck;
    }

    static List<EmergencyState> emergency(PstnProvider voipms) {
        // snippet: voipms-emergency
        List<EmergencyState> dangers = voipms.require(EmergencyAddresses.class).missing();
        // end
        return dangers;
    }
}
