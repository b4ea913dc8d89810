package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class PstnDatabaseTest {
    @Test
    @DisplayName("a database that is not there is said to be so, in one line")
    void notThere() throws IOException {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody.setServerNames(new String[] {"127.0.0.1"});
            nobody.setPortNumbers(new int[] {closed.getLocalPort()});
        }

        assertThatThrownBy(() -> PstnDatabase.open(nobody, DatabaseSettings.defaults()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("the database cannot be reached: ")
                .hasMessageNotContainingAny("\n", "tables");
    }

    @Test
    @DisplayName("both arguments must be there")
    @SuppressWarnings("NullAway")
    void nothing() {
        assertThatThrownBy(() -> PstnDatabase.open(null, DatabaseSettings.defaults()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("dataSource");
        assertThatThrownBy(() -> PstnDatabase.open(new PGSimpleDataSource(), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("settings");
    }
}
