package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.money.Money;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class JdbiDirectoryIT {
    private static final PhoneNumber MAIN = new PhoneNumber("+14165550100");
    private static final PhoneNumber PERSONAL = new PhoneNumber("+442079460000");
    private static final User ALICE = new User(
            "u-1",
            Cdrs.CLINIC,
            new CareFlowId(1),
            "Alice",
            List.of(
                    Destination.sip("sip:1001"),
                    Destination.sip("alice@example.org"),
                    Destination.number(new PhoneNumber("+14165550123"))),
            true);

    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private final PstnDatabase database = TestPostgres.open(dataSource);

    @Test
    @DisplayName("a user is found by tenant and CareFlow ID, with every endpoint in order")
    void user() {
        database.users().put(ALICE);

        assertThat(database.directory().user(Cdrs.CLINIC, new CareFlowId(1))).contains(ALICE);
        assertThat(database.directory().user(Cdrs.CLINIC, new CareFlowId(2))).isEmpty();
        assertThat(database.directory().user(TenantId.DEFAULT, new CareFlowId(1)))
                .isEmpty();
        assertThat(database.users().list(Cdrs.CLINIC)).containsExactly(ALICE);
    }

    @Test
    @DisplayName("putting a user again changes it; a taken CareFlow ID and another tenant's key are refused")
    void putUser() {
        database.users().put(ALICE);
        User moved = new User("u-1", Cdrs.CLINIC, new CareFlowId(9), "Al", List.of(), false);
        database.users().put(moved);

        assertThat(database.users().list(Cdrs.CLINIC)).containsExactly(moved);
        User twin = new User("u-2", Cdrs.CLINIC, new CareFlowId(9), "Twin", List.of(), false);
        assertThatThrownBy(() -> database.users().put(twin)).isInstanceOf(StoreRefused.class);
        User stolen = new User("u-1", TenantId.DEFAULT, new CareFlowId(9), "Thief", List.of(), false);
        assertThatThrownBy(() -> database.users().put(stolen)).isInstanceOf(StoreRefused.class);
    }

    @Test
    @DisplayName("a number is found with its owner while it is active")
    void did() {
        database.users().put(ALICE);
        OwnedNumber main = OwnedNumber.main(MAIN, "telnyx").costing(Money.of("1.1", "CAD"));
        OwnedNumber personal =
                OwnedNumber.main(PERSONAL, "voipms").of(Cdrs.CLINIC).ownedBy("u-1");
        database.numbers().put(main);
        database.numbers().put(personal);

        assertThat(database.directory().did(MAIN)).contains(new Did(MAIN, TenantId.DEFAULT, "telnyx", null));
        assertThat(database.directory().did(PERSONAL)).contains(new Did(PERSONAL, Cdrs.CLINIC, "voipms", ALICE));
        assertThat(database.directory().did(new PhoneNumber("+14165550101"))).isEmpty();
        assertThat(database.numbers().list(Cdrs.CLINIC)).containsExactly(personal);
        assertThat(database.numbers().list(TenantId.DEFAULT)).containsExactly(main);

        database.numbers().put(main.inactive());
        assertThat(database.directory().did(MAIN)).isEmpty();
    }

    @Test
    @DisplayName("a number cannot get an owner that does not exist or is another tenant's, nor change its tenant")
    void wrongOwner() {
        database.users().put(ALICE);
        OwnedNumber number = OwnedNumber.main(MAIN, "telnyx");

        assertThatThrownBy(() -> database.numbers().put(number.ownedBy("nobody")))
                .isInstanceOf(StoreRefused.class);
        assertThatThrownBy(() -> database.numbers().put(number.ownedBy("u-1"))).isInstanceOf(StoreRefused.class);
        database.numbers().put(number);
        assertThatThrownBy(() -> database.numbers().put(number.of(Cdrs.CLINIC))).isInstanceOf(StoreRefused.class);
    }

    @Test
    @DisplayName("the owner of a number cannot be deleted; the records of a deleted user stay")
    void removeUser() {
        database.users().put(ALICE);
        database.numbers().put(OwnedNumber.main(MAIN, "telnyx").of(Cdrs.CLINIC).ownedBy("u-1"));
        database.cdrs().append(Cdrs.full("x"));
        assertThat(reference()).isEqualTo("u-1");

        assertThatThrownBy(() -> database.users().remove(Cdrs.CLINIC, "u-1")).isInstanceOf(StoreRefused.class);
        database.numbers().put(OwnedNumber.main(MAIN, "telnyx").of(Cdrs.CLINIC));

        assertThat(database.users().remove(TenantId.DEFAULT, "u-1")).isFalse();
        assertThat(database.users().remove(Cdrs.CLINIC, "u-1")).isTrue();
        assertThat(reference()).isNull();
        assertThat(database.cdrs().append(Cdrs.full("x"))).isEqualTo(Appended.DUPLICATE);
    }

    @Test
    @DisplayName("an endpoint that cannot be dialled is an error, not a user with one phone less")
    void badEndpoint() {
        database.users().put(ALICE);
        Jdbi.create(dataSource)
                .useHandle(handle -> handle.execute("UPDATE sip_endpoints SET address = 'x y' WHERE position = 1"));

        Jdbi.create(dataSource)
                .useHandle(handle -> handle.execute("UPDATE sip_endpoints SET address = 'a\"b' WHERE position = 2"));
        assertThatThrownBy(() -> database.directory().user(Cdrs.CLINIC, new CareFlowId(1)))
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("u-1");
    }

    private Object reference() {
        return Jdbi.create(dataSource)
                .withHandle(handle -> handle.createQuery("SELECT careflow_user_id FROM pstn_cdr")
                        .mapToMap()
                        .one()
                        .get("careflow_user_id"));
    }
}
