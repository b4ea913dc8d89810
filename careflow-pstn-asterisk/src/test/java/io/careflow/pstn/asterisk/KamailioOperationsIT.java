package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipStranger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an operator does to a Kamailio that runs")
class KamailioOperationsIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private KamailioServer kamailio;

    @BeforeEach
    void start() {
        kamailio = KamailioServer.lease();
        write(config());
        kamailio.start();
    }

    @AfterEach
    void stop() {
        kamailio.close();
    }

    @Test
    @DisplayName("ends a ban")
    void endsABan() {
        try (SipStranger phone = SipStranger.at(kamailio, kamailio.newPhoneAddress())) {
            phone.send("OPTIONS", "100", KamailioServer.DOMAIN, "User-Agent: friendly-scanner\r\n");
            assertThat(phone.register("1001", kamailio.passwordOf("1001"), MOMENT))
                    .isZero();
            String address = phone.place().replaceFirst(":.*", "");
            assertThat(kamailio.rpc("htable.dump", "ban")).contains(address);

            kamailio.rpc("htable.delete", "ban", address);

            assertThat(phone.register("1001", kamailio.passwordOf("1001"), SOON))
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("lets a new user in until the next restart")
    void newUser() throws Exception {
        try (SipStranger phone = SipStranger.at(kamailio, kamailio.newPhoneAddress())) {
            assertThat(phone.register("1005", "password-of-1005", SOON)).isEqualTo(401);
            byte[] text = ("1005:" + KamailioServer.DOMAIN + ":password-of-1005").getBytes(StandardCharsets.UTF_8);
            String digest =
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));

            kamailio.rpc("htable.sets", "user", "s:1005", "s:" + digest);

            assertThat(phone.register("1005", "password-of-1005", SOON)).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("adds a trunk's address and takes a node out, without a restart")
    void lists() {
        SipCaller caller = SipCaller.on(kamailio).hangUpAfter(MOMENT).limit(Duration.ofSeconds(3));
        assertThat(caller.call().status()).as("a stranger's call").isZero();

        write(config().trunk(Chain.trunk(kamailio)));
        kamailio.rpc("permissions.addressReload");
        kamailio.rpc("dispatcher.reload");

        assertThat(caller.call().status())
                .as("a trunk's call, with nobody at the node")
                .isEqualTo(503);
        assertThat(kamailio.rpc("dispatcher.list")).contains("ID: 101");
        String node = "sip:" + kamailio.carrierAddress() + ":" + kamailio.carrierPort();
        kamailio.rpc("dispatcher.set_state", "dp", "1", node);
        assertThat(kamailio.rpc("dispatcher.list")).containsPattern("FLAGS: D");
    }

    private KamailioConfig.Builder config() {
        return KamailioConfig.builder(KamailioServer.DOMAIN, Secret.of("a-key-of-the-laboratory-of-32-characters"))
                .listen(SipListener.udp(kamailio.address(), kamailio.sipPort()))
                .node(new AsteriskNode(kamailio.carrierAddress(), kamailio.carrierPort()))
                .user(new SipUser("1001", "Counselor", Secret.of(kamailio.passwordOf("1001")), false, null))
                .limits(Chain.LIMITS)
                .folder(kamailio.folder())
                .run(kamailio.run());
    }

    private void write(KamailioConfig.Builder config) {
        config.build().render().files().forEach(file -> kamailio.write(file.name(), file.text()));
    }
}
