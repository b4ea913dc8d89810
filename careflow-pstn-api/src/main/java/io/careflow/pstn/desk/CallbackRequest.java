package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.directory.User;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user wants to be called back and joined with somebody. A value.
 *
 * @param command the caller's key: the same one given twice, also on two nodes, places one call
 * @param user who wants to talk, and pays
 * @param phone which phone of theirs is called first
 * @param destination whom they want: a number in E.164 or as dialled in the home region, or a CareFlow ID; 1 to 64 characters
 * @param callerId the number shown to everybody; must be owned or verified
 * @param third somebody else who joins, as {@code destination}, or null: then all three meet in a conference
 * @param recorded whether the conversation is to be recorded, as far as the desk's policy allows; not together with {@code third}
 */
public record CallbackRequest(
        CommandId command,
        User user,
        Destination phone,
        String destination,
        PhoneNumber callerId,
        @Nullable String third,
        boolean recorded) {
    private static final int LONGEST = 64;

    public CallbackRequest {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(phone, "phone");
        Objects.requireNonNull(callerId, "callerId");
        requireShort("destination", destination);
        if (third != null) {
            requireShort("third", third);
        }
    }

    /**
     * Calls the user's first phone, then the destination.
     *
     * @throws IllegalArgumentException if the user has no phone
     */
    public static CallbackRequest of(CommandId command, User user, String destination, PhoneNumber callerId) {
        if (user.endpoints().isEmpty()) {
            throw new IllegalArgumentException("user " + user.id() + " has no phone that could be called");
        }
        return new CallbackRequest(command, user, user.endpoints().get(0), destination, callerId, null, false);
    }

    /** The same on this phone of the user. */
    public CallbackRequest on(Destination value) {
        return new CallbackRequest(command, user, value, destination, callerId, third, recorded);
    }

    /** The same with somebody else, in a conference. */
    public CallbackRequest with(String thirdParty) {
        return new CallbackRequest(command, user, phone, destination, callerId, thirdParty, recorded);
    }

    /**
     * The same, recorded, if all who must be told can be: both hear the notice of the desk's
     * {@link OutboundDeskBuilder#recording policy} once they are joined. If somebody must press a key first, or the provider has no such
     * notice, the call goes on unrecorded, and the log of consents says so.
     */
    public CallbackRequest recording() {
        return new CallbackRequest(command, user, phone, destination, callerId, third, true);
    }

    private static void requireShort(String what, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters; allowed are 1 to " + LONGEST + ", not blank");
        }
    }
}
