package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;

/**
 * Lets VoIP.ms tell us of the messages that come to a number. There if both {@link VoipMsBuilder#webhookToken} and
 * {@link VoipMsBuilder#webhookUrl} are set. Thread-safe.
 */
public interface MessageCallbacks extends Capability {

    /**
     * The URL with VoIP.ms's variables in braces, as the portal takes it too. It holds the token: a secret.
     */
    Secret template();

    /**
     * Switches text messages of a number on, and their callback with repeats until it is answered {@code ok}. Other settings of
     * its messages, such as an e-mail address, stay. Sent once.
     *
     * @throws io.careflow.pstn.error.NotFound if the number is not ours
     * @throws io.careflow.pstn.error.Conflict if VoIP.ms still sets up a new number; it says when to try again
     * @throws io.careflow.pstn.error.PstnException if VoIP.ms refuses
     */
    void enable(PhoneNumber number);
}
