package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.Cdr;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The tables as an operator's tool sees them")
final class OperatorAccessIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    @DisplayName("numbers, records and prices are there, wherever the application keeps its users")
    void reads() {
        DataSource dataSource = TestPostgres.emptyDatabase();
        PstnDatabase database = TestPostgres.open(dataSource);
        OwnedNumber number = OwnedNumber.main(new PhoneNumber("+14165550100"), "telnyx");
        database.numbers().put(number);
        Cdr cdr = Cdrs.tried("c1", Instant.parse("2026-03-01T10:00:00Z"));
        database.cdrs().append(cdr);
        TestPostgres.execute(
                dataSource, "DROP TABLE sip_endpoints, sip_users CASCADE; DROP TABLE careflow_pstn_history_users");

        OperatorAccess access = OperatorAccess.open(dataSource, LIMIT);

        assertThat(access.numbers(TenantId.DEFAULT)).containsExactly(number);
        assertThat(access.find(cdr.call())).contains(StoredForm.of(cdr));
        List<Cdr> found = new ArrayList<>();
        access.each(Cdrs.ALL, found::add);
        assertThat(found).containsExactly(StoredForm.of(cdr));
        assertThat(access.rates().load().deck("telnyx", Direction.OUTBOUND)).isEmpty();
    }

    @Test
    @DisplayName("without the tables it opens nothing, and makes none")
    void noTables() {
        DataSource dataSource = TestPostgres.emptyDatabase();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> OperatorAccess.open(dataSource, LIMIT))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("schema.check");
        }
    }
}
