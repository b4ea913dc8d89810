package io.careflow.pstn.conformance;

import io.careflow.pstn.messagedesk.MemoryMessageBook;
import io.careflow.pstn.messagedesk.MessageBook;
import io.careflow.pstn.tck.MessageBookConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The book of texts in memory")
class MemoryMessageBookTest extends MessageBookConformance {
    @Override
    protected MessageBook emptyBook() {
        return new MemoryMessageBook();
    }
}
