package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.User;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostUsersIT {
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550100");

    private final DataSource dataSource = TestPostgres.emptyDatabase();

    @Test
    @DisplayName("the application's table is read as it is: its schema, key type, spelling of ids, lists of addresses")
    void hostTable() {
        execute("CREATE SCHEMA app");
        execute("CREATE TABLE app.\"Users\" (uid UUID PRIMARY KEY, code TEXT, \"Full Name\" TEXT, label TEXT, sip TEXT,"
                + " more TEXT[], org TEXT, vm BOOLEAN)");
        String key = "0b5e3c1e-6d0a-4f0e-9f63-0d3b9e1b7a11";
        execute("INSERT INTO app.\"Users\" VALUES ('" + key + "', 'care4w-001', 'x', 'Bob', '1001; 1002,1001',"
                + " ARRAY['sip:bob@example.org', '+14165550123'], 'clinic.7', NULL)");
        PstnDatabase database = open(UsersTable.host("app.Users")
                .key("uid")
                .careFlowId("code")
                .name("label")
                .endpoints("sip")
                .endpoints("more")
                .tenant("org")
                .voicemail("vm")
                .build());
        User bob = new User(
                key,
                Cdrs.CLINIC,
                new CareFlowId(1),
                "Bob",
                List.of(
                        Destination.sip("1001"),
                        Destination.sip("1002"),
                        Destination.sip("bob@example.org"),
                        Destination.number(new PhoneNumber("+14165550123"))),
                false);

        assertThat(database.directory().user(Cdrs.CLINIC, new CareFlowId(1))).contains(bob);
        assertThat(database.directory().user(TenantId.DEFAULT, new CareFlowId(1)))
                .isEmpty();
        assertThat(database.users().list(Cdrs.CLINIC)).containsExactly(bob);

        database.numbers()
                .put(OwnedNumber.main(NUMBER, "telnyx").of(Cdrs.CLINIC).ownedBy(key));
        assertThat(database.directory().did(NUMBER).orElseThrow().owner()).isEqualTo(bob);
        assertThatThrownBy(() -> database.users().put(bob)).isInstanceOf(IllegalStateException.class);

        execute("DELETE FROM app.\"Users\"");
        assertThatThrownBy(() -> database.directory().did(NUMBER))
                .as("a number whose owner vanished is no main number")
                .isInstanceOf(StoreRefused.class);
    }

    @Test
    @DisplayName("a table sip_users of the application, with numbers as keys and ids and no tenants")
    void hostSipUsers() {
        execute("CREATE TABLE sip_users (id SERIAL PRIMARY KEY, careflow_id INTEGER, name TEXT, sip_uri VARCHAR(80))");
        execute(
                "INSERT INTO sip_users (careflow_id, name, sip_uri) VALUES (7, NULL, NULL), (8, 'Eve', '1008'), (8, 'Eve', '')");
        PstnDatabase database =
                open(UsersTable.host("sip_users").endpoints("sip_uri").build());

        assertThat(database.directory().user(TenantId.DEFAULT, new CareFlowId(7)))
                .contains(new User("1", TenantId.DEFAULT, new CareFlowId(7), "", List.of(), false));
        assertThatThrownBy(() -> database.directory().user(TenantId.DEFAULT, new CareFlowId(8)))
                .as("of two users with one id none is rung")
                .isInstanceOf(StoreRefused.class);
        database.cdrs().append(Cdrs.full("x"));
        assertThat(database.cdrs().find(Cdrs.full("x").call())).contains(Cdrs.full("x"));
    }

    @Test
    @DisplayName("what is missing is all said at once")
    void missing() {
        UsersTable absent = UsersTable.host("nowhere").endpoints("sip").build();
        assertThatThrownBy(() -> open(absent))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("nowhere");

        execute("CREATE TABLE people (id INT, vm TEXT)");
        UsersTable partial =
                UsersTable.host("people").endpoints("sip").voicemail("vm").build();
        assertThatThrownBy(() -> open(partial))
                .hasMessageContaining("careflow_id")
                .hasMessageContaining("\"sip\"")
                .hasMessageContaining("not boolean");
    }

    @Test
    @DisplayName("a table sip_users that is not ours is not taken over")
    void notOurs() {
        execute("CREATE TABLE sip_users (id SERIAL PRIMARY KEY)");

        assertThatThrownBy(() -> open(UsersTable.own()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("sip_users");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "id\"",
                "id; DROP TABLE pstn_cdr",
                "id--",
                "1id",
                "a.b.c",
                "ïd",
                "id\u0000",
                "x'",
                "a\n",
                ":id"
            })
    @DisplayName("an identifier that is no name is refused wherever it is given")
    void injection(String name) {
        UsersTable.Builder builder = UsersTable.host("users");

        assertThatThrownBy(() -> UsersTable.host(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.key(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.careFlowId(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.name(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.endpoints(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.tenant(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.voicemail(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    private PstnDatabase open(UsersTable users) {
        return PstnDatabase.open(dataSource, DatabaseSettings.defaults().withUsers(users));
    }

    private void execute(String sql) {
        TestPostgres.execute(dataSource, sql);
    }
}
