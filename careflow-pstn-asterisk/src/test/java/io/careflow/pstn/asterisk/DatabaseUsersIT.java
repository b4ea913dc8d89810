package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.asterisk.config.UsersDatabase;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.LabPostgres;
import io.careflow.pstn.lab.SipStranger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Users of a table in PostgreSQL register at Kamailio")
class DatabaseUsersIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    @ParameterizedTest(name = "digests instead of passwords: {0}")
    @ValueSource(booleans = {true, false})
    void register(boolean digest) throws Exception {
        try (LabPostgres postgres = LabPostgres.start();
                KamailioServer kamailio = KamailioServer.lease()) {
            LabPostgres.Database database = postgres.newDatabase();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create schema app; create table app.members"
                        + "(id serial primary key, sip_name text unique, sip_secret text)");
                insert(statement, "1001", "right-password", digest);

                start(kamailio, database, digest);
                try (SipStranger phone = SipStranger.at(kamailio, kamailio.newPhoneAddress())) {
                    assertThat(phone.register("1001", "wrong-password", SOON)).isEqualTo(401);
                    assertThat(phone.register("1001", "right-password", SOON)).isEqualTo(200);
                    assertThat(phone.register("1002", "other-password", SOON)).isEqualTo(401);

                    insert(statement, "1002", "other-password", digest);
                    assertThat(phone.register("1002", "other-password", SOON))
                            .as("a new user, without a new configuration")
                            .isEqualTo(200);
                }
                assertThat(kamailio.rpc("ul.dump")).contains("1001", "1002");
                assertOwnName(kamailio);
                assertThat(kamailio.complaints()).noneMatch(line -> line.contains("postgres"));
            }
        }
    }

    /** Somebody else's name in front, as for another realm, does not make the call somebody else's. */
    private static void assertOwnName(KamailioServer kamailio) {
        try (SipStranger phone = SipStranger.at(kamailio, kamailio.newPhoneAddress());
                DatagramSocket node =
                        new DatagramSocket(new InetSocketAddress(kamailio.carrierAddress(), kamailio.carrierPort()))) {
            phone.call(
                    "1001",
                    "right-password",
                    Rig.MAIN,
                    "Proxy-Authorization: Digest username=\"1002\", realm=\"elsewhere\", nonce=\"n\", uri=\"sip:x\","
                            + " response=\"0123456789abcdef0123456789abcdef\"\r\n",
                    SOON);
            byte[] buffer = new byte[10_000];
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            node.setSoTimeout(Math.toIntExact(SOON.toMillis()));
            node.receive(packet);
            assertThat(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8))
                    .startsWith("INVITE ")
                    .contains("X-CF-User: 1001\r\n", "P-Asserted-Identity: <sip:1001@")
                    .doesNotContain("X-CF-User: 1002");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(KamailioServer kamailio, LabPostgres.Database database, boolean digest) {
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        KamailioConfig.builder(KamailioServer.DOMAIN, Secret.of("a-key-of-the-laboratory-of-32-characters"))
                .listen(SipListener.udp(kamailio.address(), kamailio.sipPort()))
                .node(new AsteriskNode(kamailio.carrierAddress(), kamailio.carrierPort()))
                .users(new UsersDatabase(
                        server.getHost(),
                        server.getPort(),
                        server.getPath().substring(1),
                        database.user(),
                        Secret.of(database.password()),
                        "app.members",
                        "sip_name",
                        "sip_secret",
                        digest))
                // No probe of the node is due while a test runs.
                .limits(Chain.LIMITS.nodes(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(5)))
                .folder(kamailio.folder())
                .run(kamailio.run())
                .build()
                .render()
                .files()
                .forEach(file -> kamailio.write(file.name(), file.text()));
        kamailio.start();
    }

    private static void insert(Statement statement, String name, String password, boolean digest) throws Exception {
        String text = name + ":" + KamailioServer.DOMAIN + ":" + password;
        String stored = digest
                ? HexFormat.of()
                        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)))
                : password;
        statement.execute("insert into app.members(sip_name, sip_secret) values ('" + name + "', '" + stored + "')");
    }
}
