package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Does the operations on a provider with the samples. What returns nothing gives {@link #DONE}; a download gives the bytes as
 * text, a pull the list of its records.
 */
final class Performer {
    static final String DONE = "done";

    private final PstnProvider provider;
    private final Samples samples;

    Performer(PstnProvider provider, Samples samples) {
        this.provider = provider;
        this.samples = samples;
    }

    /**
     * Does it.
     *
     * @param suffix makes command ids and texts differ; empty for the sample's own
     */
    Object perform(Operation operation, String suffix) {
        return switch (operation) {
            case NUMBER_SEARCH -> numbers().search(samples.query());
            case NUMBER_ORDER -> numbers().order(order());
            case NUMBER_FIND -> numbers().find(samples.owned());
            case NUMBER_LIST -> numbers().list();
            case NUMBER_CONFIGURE -> numbers().configure(samples.owned(), samples.settings());
            case NUMBER_RELEASE -> done(() -> numbers().release(samples.owned()));
            case NUMBER_RESERVE -> reservations().reserve(new CommandId("conformance-reserve"), samples.available());
            case NUMBER_RESERVATION -> reservations().fetch(samples.reservationId());
            case NUMBER_EXTEND -> reservations().extend(samples.reservationId());
            case NUMBER_REQUIREMENTS ->
                provider.require(NumberRequirements.class).requirements(samples.regulatedCountry(), NumberKind.LOCAL);
            case CALLER_ID_LIST -> callerIds().list();
            case CALLER_ID_BEGIN -> done(() -> callerIds().begin(samples.callerId(), CallerIds.Method.SMS));
            case CALLER_ID_CONFIRM -> callerIds().confirm(samples.callerId(), samples.verificationCode());
            case CALLER_ID_REMOVE -> done(() -> callerIds().remove(samples.callerId()));
            case TRUNK_CREATE -> trunks().create(samples.trunk());
            case TRUNK_FETCH -> trunks().fetch(trunk());
            case TRUNK_LIST -> trunks().list();
            case TRUNK_ATTACH -> done(() -> trunks().attach(trunk(), samples.owned()));
            case TRUNK_DETACH -> done(() -> trunks().detach(trunk(), samples.owned()));
            case TRUNK_LIMIT -> done(() -> trunks().limit(trunk(), samples.limits()));
            case TRUNK_DELETE -> done(() -> trunks().delete(trunk()));
            case CALL_PLACE -> calls().place(call(suffix));
            case CALL_REDIRECT ->
                done(() -> calls().redirect(callRef(), samples.call().onAnswer()));
            case CALL_JOIN -> done(() -> calls().join(callRef(), new CallRef(provider.id(), samples.otherCallId())));
            case CALL_SEND_DIGITS -> done(() -> calls().sendDigits(callRef(), samples.digits()));
            case CALL_HANG_UP -> done(() -> calls().hangUp(callRef(), HangupCause.NORMAL_CLEARING));
            case CALL_FETCH -> calls().fetch(callRef());
            case CONFERENCE_PARTICIPANTS -> rooms().participants(samples.room());
            case CONFERENCE_INVITE -> rooms().invite(samples.room(), invitation());
            case CONFERENCE_MUTE -> done(() -> rooms().mute(samples.room(), callRef(), true));
            case CONFERENCE_REMOVE -> done(() -> rooms().remove(samples.room(), callRef()));
            case CONFERENCE_END -> done(() -> rooms().end(samples.room()));
            case MESSAGE_SEND -> provider.require(Messaging.class).send(message(suffix));
            case MESSAGE_FETCH ->
                provider.require(Messaging.class).fetch(new MessageRef(provider.id(), samples.messageId()));
            case RECORDING_LIST -> recordings().list(callRef());
            case RECORDING_FETCH -> recordings().fetch(recording());
            case RECORDING_DOWNLOAD -> download();
            case RECORDING_DELETE -> done(() -> recordings().delete(recording()));
            case RECORDING_PAUSE -> done(() -> recordings().pause(callRef()));
            case RECORDING_RESUME -> done(() -> recordings().resume(callRef()));
            case CDR_PULL -> pull();
            case CDR_FIND -> provider.require(ProviderCdrs.class).find(callRef());
            case ACCOUNT_BALANCE -> provider.require(Account.class).balance();
            case PERMISSIONS_LIST -> provider.require(DialingPermissions.class).list();
        };
    }

    NumberOrder order() {
        return new NumberOrder(
                new CommandId("conformance-order"), TenantId.DEFAULT, samples.available(), samples.settings());
    }

    CallRef callRef() {
        return new CallRef(provider.id(), samples.callId());
    }

    private CallRequest call(String suffix) {
        CallRequest plain = samples.call();
        return new CallRequest(
                new CommandId(plain.commandId() + suffix),
                plain.tenant(),
                plain.to(),
                plain.callerId(),
                plain.onAnswer(),
                plain.ringFor(),
                plain.longest(),
                plain.detectMachine(),
                plain.over(),
                plain.options());
    }

    private CallRequest invitation() {
        CallFlow flow = CallFlow.start().end(new Conference(samples.room(), Continuation.named("conformance-left")));
        CallRequest plain = samples.call();
        return CallRequest.of(new CommandId("conformance-invite"), plain.callerId(), plain.to(), flow);
    }

    private MessageRequest message(String suffix) {
        MessageRequest plain = samples.message();
        return new MessageRequest(
                new CommandId(plain.commandId() + suffix),
                plain.tenant(),
                plain.from(),
                plain.to(),
                plain.text() + suffix,
                plain.options());
    }

    private String download() {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try {
            long written = recordings().download(recording(), samples.recordingFormat(), sink);
            if (written != sink.size()) {
                throw new AssertionError("download says " + written + " bytes and wrote " + sink.size());
            }
        } catch (IOException e) {
            throw new AssertionError("an IOException of a download is the sink's, and this sink cannot fail", e);
        }
        return Results.text(sink.toByteArray());
    }

    private List<ProviderCdr> pull() {
        List<ProviderCdr> records = new ArrayList<>();
        long count = provider.require(ProviderCdrs.class).pull(samples.from(), samples.to(), records::add);
        if (count != records.size()) {
            throw new AssertionError("pull says " + count + " records and handed over " + records.size());
        }
        return records;
    }

    private static Object done(Runnable work) {
        work.run();
        return DONE;
    }

    private NumberInventory numbers() {
        return provider.require(NumberInventory.class);
    }

    private NumberReservations reservations() {
        return provider.require(NumberReservations.class);
    }

    private CallerIds callerIds() {
        return provider.require(CallerIds.class);
    }

    private TrunkControl trunks() {
        return provider.require(TrunkControl.class);
    }

    private CallControl calls() {
        return provider.require(CallControl.class);
    }

    private Conferences rooms() {
        return provider.require(Conferences.class);
    }

    private Recordings recordings() {
        return provider.require(Recordings.class);
    }

    private TrunkRef trunk() {
        return new TrunkRef(provider.id(), samples.trunkId());
    }

    private RecordingRef recording() {
        return new RecordingRef(provider.id(), samples.recordingId());
    }
}
