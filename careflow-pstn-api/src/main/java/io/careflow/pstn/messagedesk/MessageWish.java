package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.message.MessageRequest;
import java.util.Map;
import java.util.Objects;

/**
 * A text that somebody wants to be sent. Its {@code toString} does not show the text.
 *
 * @param request what, from which number of ours, to whom, on behalf of which tenant, under which key
 * @param user who pays or is answerable, by the application's key: 1 to 128 characters, not blank
 */
public record MessageWish(MessageRequest request, String user) {
    public MessageWish {
        Objects.requireNonNull(request, "request");
        if (user.isBlank() || user.length() > 128) {
            throw new IllegalArgumentException(
                    "user has " + user.length() + " characters; allowed are 1 to 128, not blank");
        }
    }

    /**
     * A wish without settings of a vendor.
     *
     * @param text 1 to 1600 characters
     */
    public static MessageWish of(
            CommandId command, TenantId tenant, String user, PhoneNumber from, PhoneNumber to, String text) {
        return new MessageWish(new MessageRequest(command, tenant, from, to, text, Map.of()), user);
    }

    /** The same with a vendor's setting. */
    public <T> MessageWish with(Option<T> option, T value) {
        return new MessageWish(request.with(option, value), user);
    }

    /** The caller's key of this one text. */
    public CommandId command() {
        return request.commandId();
    }

    /** On whose behalf. */
    public TenantId tenant() {
        return request.tenant();
    }

    /** The number of ours that sends it. */
    public PhoneNumber from() {
        return request.from();
    }

    /** The recipient. */
    public PhoneNumber to() {
        return request.to();
    }
}
