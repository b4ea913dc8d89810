package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the stories of {@link MessageDeskConformance} are played: a provider that sends texts, before a carrier that does as it is told
 * and takes texts at first. A stage is used for one story.
 */
public interface MessageStage extends AutoCloseable {

    /** The provider. */
    PstnProvider provider();

    /** The time of the desk; that of the carrier may stand still. */
    VirtualTime time();

    /** A number of ours that sends. */
    PhoneNumber ours();

    /** An ordinary Canadian number outside. */
    PhoneNumber theirs();

    /** What a part costs by the provider's price list, in US dollars; empty if it has none. */
    Optional<Money> listed();

    /** From now on the carrier refuses texts, as the recipient opted out. False if it never says so. */
    boolean optedOut();

    /** The carrier refuses the next text: nothing is sent. */
    void refuses();

    /** The next text is sent, but the answer is lost, and it cannot be found afterwards. */
    void losesAnswer();

    /**
     * The text was delivered.
     *
     * @param price what the carrier tells now that it costs; null if it tells none yet
     * @return false if the carrier never tells prices and one was given
     */
    boolean delivered(MessageRef message, @Nullable Money price);

    /** A message that the carrier does not know, but might. */
    MessageRef unknown();

    /** How many texts the carrier was handed that it did not refuse. */
    int arrived();

    @Override
    void close();
}
