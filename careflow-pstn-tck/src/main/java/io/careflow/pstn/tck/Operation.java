package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkControl;

/** What {@link ProviderConformance} does at a carrier, with the values of {@link Samples}. */
public enum Operation {
    /** {@link NumberInventory#search} with {@link Samples#query}. Shows {@link Samples#available}. */
    NUMBER_SEARCH("number.search", NumberInventory.class, false, WhenAbsent.EMPTY),
    /** {@link NumberInventory#order} of {@link Samples#available}. */
    NUMBER_ORDER("number.order", NumberInventory.class, true, WhenAbsent.CANNOT_BE),
    /** {@link NumberInventory#find} of {@link Samples#owned}. */
    NUMBER_FIND("number.find", NumberInventory.class, false, WhenAbsent.EMPTY),
    /** {@link NumberInventory#list}. Shows {@link Samples#owned}. */
    NUMBER_LIST("number.list", NumberInventory.class, false, WhenAbsent.EMPTY),
    /** {@link NumberInventory#configure} of {@link Samples#owned} with {@link Samples#settings}. */
    NUMBER_CONFIGURE("number.configure", NumberInventory.class, true, WhenAbsent.NOT_FOUND),
    /** {@link NumberInventory#release} of {@link Samples#owned}. */
    NUMBER_RELEASE("number.release", NumberInventory.class, true, WhenAbsent.NO_ERROR),

    /** {@link NumberReservations#reserve} of {@link Samples#available}; its id is {@link Samples#reservationId}. */
    NUMBER_RESERVE("number.reserve", NumberReservations.class, true, WhenAbsent.CANNOT_BE),
    /** {@link NumberReservations#fetch} of {@link Samples#reservationId}. */
    NUMBER_RESERVATION("number.reservation", NumberReservations.class, false, WhenAbsent.EMPTY),
    /** {@link NumberReservations#extend} of {@link Samples#reservationId}. */
    NUMBER_EXTEND("number.extend", NumberReservations.class, true, WhenAbsent.NOT_FOUND),
    /** {@link NumberRequirements#requirements} of local numbers of {@link Samples#regulatedCountry}. */
    NUMBER_REQUIREMENTS("number.requirements", NumberRequirements.class, false, WhenAbsent.EMPTY),

    /** {@link CallerIds#list}. Shows {@link Samples#callerId}. */
    CALLER_ID_LIST("caller-id.list", CallerIds.class, false, WhenAbsent.EMPTY),
    /** {@link CallerIds#begin} of {@link Samples#callerId} by a text. */
    CALLER_ID_BEGIN("caller-id.begin", CallerIds.class, true, WhenAbsent.CANNOT_BE),
    /** {@link CallerIds#confirm} of {@link Samples#callerId} with {@link Samples#verificationCode}. */
    CALLER_ID_CONFIRM("caller-id.confirm", CallerIds.class, true, WhenAbsent.NOT_FOUND),
    /** {@link CallerIds#remove} of {@link Samples#callerId}. */
    CALLER_ID_REMOVE("caller-id.remove", CallerIds.class, true, WhenAbsent.NO_ERROR),

    /** {@link TrunkControl#create} of {@link Samples#trunk}. */
    TRUNK_CREATE("trunk.create", TrunkControl.class, true, WhenAbsent.CANNOT_BE),
    /** {@link TrunkControl#fetch} of {@link Samples#trunkId}. */
    TRUNK_FETCH("trunk.fetch", TrunkControl.class, false, WhenAbsent.EMPTY),
    /** {@link TrunkControl#list}. Shows {@link Samples#trunkId}. */
    TRUNK_LIST("trunk.list", TrunkControl.class, false, WhenAbsent.EMPTY),
    /** {@link TrunkControl#attach} of {@link Samples#owned} to {@link Samples#trunkId}. */
    TRUNK_ATTACH("trunk.attach", TrunkControl.class, true, WhenAbsent.NOT_FOUND),
    /** {@link TrunkControl#detach} of {@link Samples#owned} from {@link Samples#trunkId}. */
    TRUNK_DETACH("trunk.detach", TrunkControl.class, true, WhenAbsent.NO_ERROR),
    /** {@link TrunkControl#limit} of {@link Samples#trunkId} to {@link Samples#limits}. */
    TRUNK_LIMIT("trunk.limit", TrunkControl.class, true, WhenAbsent.NOT_FOUND),
    /** {@link TrunkControl#delete} of {@link Samples#trunkId}. */
    TRUNK_DELETE("trunk.delete", TrunkControl.class, true, WhenAbsent.NO_ERROR),

    /** {@link CallControl#place} of {@link Samples#call}; its id is {@link Samples#callId}. */
    CALL_PLACE("call.place", CallControl.class, true, WhenAbsent.CANNOT_BE),
    /** {@link CallControl#redirect} of {@link Samples#callId} to the flow of {@link Samples#call}. */
    CALL_REDIRECT("call.redirect", CallControl.class, true, WhenAbsent.NOT_FOUND),
    /** {@link CallControl#join} of {@link Samples#callId} and {@link Samples#otherCallId}. */
    CALL_JOIN("call.join", CallControl.class, true, WhenAbsent.NOT_FOUND),
    /** {@link CallControl#sendDigits} of {@link Samples#digits} into {@link Samples#callId}. */
    CALL_SEND_DIGITS("call.send-digits", CallControl.class, true, WhenAbsent.NOT_FOUND),
    /** {@link CallControl#hangUp} of {@link Samples#callId}. */
    CALL_HANG_UP("call.hang-up", CallControl.class, true, WhenAbsent.NO_ERROR),
    /** {@link CallControl#fetch} of {@link Samples#callId}. */
    CALL_FETCH("call.fetch", CallControl.class, false, WhenAbsent.EMPTY),

    /** {@link Conferences#participants} of {@link Samples#room}. Shows {@link Samples#callId}. */
    CONFERENCE_PARTICIPANTS("conference.participants", Conferences.class, false, WhenAbsent.EMPTY),
    /** {@link Conferences#invite} of the recipient of {@link Samples#call} into {@link Samples#room}. */
    CONFERENCE_INVITE("conference.invite", Conferences.class, true, WhenAbsent.CANNOT_BE),
    /** {@link Conferences#mute} of {@link Samples#callId} in {@link Samples#room}. */
    CONFERENCE_MUTE("conference.mute", Conferences.class, true, WhenAbsent.NOT_FOUND),
    /** {@link Conferences#remove} of {@link Samples#callId} from {@link Samples#room}. */
    CONFERENCE_REMOVE("conference.remove", Conferences.class, true, WhenAbsent.NO_ERROR),
    /** {@link Conferences#end} of {@link Samples#room}. */
    CONFERENCE_END("conference.end", Conferences.class, true, WhenAbsent.NO_ERROR),

    /** {@link Messaging#send} of {@link Samples#message}; its id is {@link Samples#messageId}. */
    MESSAGE_SEND("message.send", Messaging.class, true, WhenAbsent.CANNOT_BE),
    /** {@link Messaging#fetch} of {@link Samples#messageId}. */
    MESSAGE_FETCH("message.fetch", Messaging.class, false, WhenAbsent.EMPTY),

    /** {@link Recordings#list} of {@link Samples#callId}. Shows {@link Samples#recordingId}. */
    RECORDING_LIST("recording.list", Recordings.class, false, WhenAbsent.EMPTY),
    /** {@link Recordings#fetch} of {@link Samples#recordingId}. */
    RECORDING_FETCH("recording.fetch", Recordings.class, false, WhenAbsent.EMPTY),
    /** {@link Recordings#download} of {@link Samples#recordingId}: {@link Samples#recordingBytes}. */
    RECORDING_DOWNLOAD("recording.download", Recordings.class, false, WhenAbsent.NOT_FOUND),
    /** {@link Recordings#delete} of {@link Samples#recordingId}. */
    RECORDING_DELETE("recording.delete", Recordings.class, true, WhenAbsent.NO_ERROR),
    /** {@link Recordings#pause} of {@link Samples#callId}. */
    RECORDING_PAUSE("recording.pause", Recordings.class, true, WhenAbsent.NOT_FOUND),
    /** {@link Recordings#resume} of {@link Samples#callId}. */
    RECORDING_RESUME("recording.resume", Recordings.class, true, WhenAbsent.NOT_FOUND),

    /** {@link ProviderCdrs#pull} of {@link Samples#from} to {@link Samples#to}. Shows {@link Samples#callId}. */
    CDR_PULL("cdr.pull", ProviderCdrs.class, false, WhenAbsent.EMPTY),
    /** {@link ProviderCdrs#find} of {@link Samples#callId}. */
    CDR_FIND("cdr.find", ProviderCdrs.class, false, WhenAbsent.EMPTY),

    /** {@link Account#balance}. Is {@link Samples#balance}. */
    ACCOUNT_BALANCE("account.balance", Account.class, false, WhenAbsent.CANNOT_BE),
    /** {@link DialingPermissions#list}. */
    PERMISSIONS_LIST("permissions.list", DialingPermissions.class, false, WhenAbsent.CANNOT_BE);

    private final String label;
    private final Class<? extends Capability> capability;
    private final boolean write;
    private final WhenAbsent whenAbsent;

    Operation(String label, Class<? extends Capability> capability, boolean write, WhenAbsent whenAbsent) {
        this.label = label;
        this.capability = capability;
        this.write = write;
        this.whenAbsent = whenAbsent;
    }

    /** The capability that it belongs to. */
    public Class<? extends Capability> capability() {
        return capability;
    }

    /** Whether it changes something at the carrier, and so must not be sent twice. */
    public boolean isWrite() {
        return write;
    }

    /** Whether it costs money at once. */
    public boolean isPaid() {
        return this == NUMBER_ORDER || this == CALL_PLACE || this == CONFERENCE_INVITE || this == MESSAGE_SEND;
    }

    /** Whether its result may fill more pages than one. */
    public boolean isPaged() {
        return this == NUMBER_LIST || this == CALLER_ID_LIST || this == TRUNK_LIST || this == CDR_PULL;
    }

    /** Whether what it returns has a status in the carrier's words. */
    public boolean hasStatus() {
        return switch (this) {
            case NUMBER_FIND, NUMBER_RESERVATION, CALL_FETCH, MESSAGE_FETCH, RECORDING_FETCH, CDR_FIND -> true;
            default -> false;
        };
    }

    WhenAbsent whenAbsent() {
        return whenAbsent;
    }

    /** The name that failures give it, such as {@code number.order}. */
    @Override
    public String toString() {
        return label;
    }

    /** What becomes of an operation on a thing that the carrier does not know. */
    enum WhenAbsent {
        EMPTY,
        NOT_FOUND,
        NO_ERROR,
        CANNOT_BE
    }
}
