package io.careflow.pstn.conformance;

import io.careflow.pstn.desk.MemoryOutboundBook;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.tck.OutboundBookConformance;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The book of outbound calls in memory")
class MemoryOutboundBookTest extends OutboundBookConformance {
    @Override
    protected OutboundBook emptyBook() {
        return new MemoryOutboundBook();
    }
}
