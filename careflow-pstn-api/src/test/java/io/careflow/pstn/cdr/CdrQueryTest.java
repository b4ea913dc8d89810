package io.careflow.pstn.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CdrQueryTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    @DisplayName("a span without an instant in it is refused, the shortest and the longest are allowed")
    void span() {
        assertThat(CdrQuery.between(FROM, FROM.plusNanos(1)).to()).isEqualTo(FROM.plusNanos(1));
        assertThat(CdrQuery.between(Instant.MIN, Instant.MAX).from()).isEqualTo(Instant.MIN);
        assertThatThrownBy(() -> CdrQuery.between(FROM, FROM)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> CdrQuery.between(FROM, FROM.minusMillis(1)))
                .hasMessageContaining("from must be earlier");
    }

    @Test
    @DisplayName("tenant and provider narrow a query down, in either order")
    void narrowed() {
        CdrQuery all = CdrQuery.between(FROM, Instant.MAX);
        TenantId tenant = new TenantId("clinic");
        ProviderId provider = new ProviderId("telnyx");
        assertThat(all.tenant()).isNull();
        assertThat(all.provider()).isNull();
        assertThat(all.of(tenant).of(provider)).isEqualTo(new CdrQuery(FROM, Instant.MAX, tenant, provider));
        assertThat(all.of(provider).of(tenant)).isEqualTo(all.of(tenant).of(provider));
    }
}
