package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class LabPostgresIT {

    @Test
    void twoServersAndTheirDatabasesDoNotMeet() throws SQLException {
        try (LabPostgres one = LabPostgres.start();
                LabPostgres two = LabPostgres.start()) {
            assertThat(one.main().jdbcUrl()).isNotEqualTo(two.main().jdbcUrl());
            LabPostgres.Database first = one.newDatabase();
            LabPostgres.Database second = one.newDatabase();
            execute(first, "create table t (x int)");
            execute(second, "create table t (x int)");
            execute(two.newDatabase(), "create table t (x int)");
        }
    }

    @Test
    void aServerThatIsThereAlreadyIsUsedAndLeftRunning() throws SQLException {
        try (LabPostgres own = LabPostgres.start()) {
            try (LabPostgres borrowed = LabPostgres.use(own.main())) {
                execute(borrowed.newDatabase(), "create table t (x int)");
            }
            try (Connection connection = own.main().connect();
                    Statement statement = connection.createStatement();
                    ResultSet version = statement.executeQuery("show server_version_num")) {
                assertThat(version.next()).isTrue();
                assertThat(version.getInt(1)).isGreaterThanOrEqualTo(150_000);
            }
        }
    }

    private static void execute(LabPostgres.Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
