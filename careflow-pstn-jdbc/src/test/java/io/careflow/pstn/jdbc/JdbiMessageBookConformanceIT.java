package io.careflow.pstn.jdbc;

import io.careflow.pstn.messagedesk.MessageBook;
import io.careflow.pstn.tck.MessageBookConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The book of texts in PostgreSQL")
final class JdbiMessageBookConformanceIT extends MessageBookConformance {
    @Override
    protected MessageBook emptyBook() {
        return TestPostgres.emptyMessages();
    }
}
