package io.careflow.pstn.jdbc;

import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.tck.OutboundBookConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The book of outbound calls in PostgreSQL")
final class JdbiOutboundBookConformanceIT extends OutboundBookConformance {
    @Override
    protected OutboundBook emptyBook() {
        return TestPostgres.emptyOutbound();
    }
}
