package io.careflow.pstn.examples.inbound;

import com.zaxxer.hikari.HikariDataSource;
import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.AsteriskBuilder;
import io.careflow.pstn.asterisk.AsteriskProvider;
import io.careflow.pstn.asterisk.EspeakNg;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.jdbc.DatabaseSettings;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.jdbc.ReloadingRates;
import io.careflow.pstn.jdbc.SpoolingCdrStore;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls on your own Asterisk: a main number welcomes the caller, asks for a CareFlow ID and rings its user; a personal
 * number rings its user at once; users are called back and joined with whom they want. Every call leaves a priced CDR in
 * PostgreSQL.
 *
 * <p>Numbers, users, rates and credit are rows in the database. Settings are environment variables, or system properties of the
 * same names; see {@link #setting}.
 */
public final class InboundRouting {
    private static final Logger log = LoggerFactory.getLogger(InboundRouting.class);

    private InboundRouting() {}

    /** Runs until SIGTERM or Ctrl-C. */
    public static void main(String[] args) throws InterruptedException {
        // 1. The database. Opening it makes or updates the library's tables; an application with a users table of its
        //    own names it here: DatabaseSettings.defaults().withUsers(UsersTable.host("people")...build()).
        HikariDataSource pool = pool();
        PstnDatabase database = PstnDatabase.open(pool, DatabaseSettings.defaults());

        // 2. The record of each call: what happened is collected, priced by the carrier's rates, and stored once.
        //    While the database is away, records wait on the local disk.
        SpoolingCdrStore cdrs = SpoolingCdrStore.open(
                database.cdrs(), Path.of(setting("CAREFLOW_SPOOL", "/var/lib/careflow/cdr-spool")));
        ReloadingRates rates = database.rates().reloading(Duration.ofMinutes(1));
        String region = setting("CAREFLOW_REGION", "US");
        List<SipTrunkProfile> trunks = TrunkFiles.read(setting("CAREFLOW_TRUNKS", ""));
        Callbacks callbacks = new Callbacks(database, cdrs, rates, trunks, region);

        // 3. The journey from outside. InboundDesk is one FlowHandler; write your own for other menus.
        // snippet: inbound
        InboundDesk desk = new InboundDesk(
                database.directory(),
                InboundPrompts.english(),
                InboundSettings.defaults(),
                (event, failure) ->
                        log.error("The directory failed on {}; the caller hears an apology", event, failure));

        // 4. Asterisk, whose dialplan hands calls to the application "careflow". From here on calls come in.
        AsteriskBuilder pbx = AsteriskBuilder.of(
                        URI.create(setting("CAREFLOW_ARI_URL", "http://127.0.0.1:8088/ari")),
                        setting("CAREFLOW_ARI_USER", "careflow"),
                        secret("CAREFLOW_ARI_PASSWORD"))
                .homeRegion(region)
                .handler(callbacks.desk().orElse(desk))
                .events(callbacks::told)
                .recorded(call -> cdrs.find(call).isPresent())
                .speech(new EspeakNg())
                .promptFolder(Path.of(setting("CAREFLOW_PROMPTS", "/var/lib/careflow/prompts")))
                .health(change -> log.info("Asterisk: {}", change));
        // end
        String domain = setting("CAREFLOW_SIP_DOMAIN", "");
        if (!domain.isEmpty()) { // phones are registered at a Kamailio in front of Asterisk
            pbx.usersThrough(domain, "kam-users", "kam-web");
        }
        if (!trunks.isEmpty()) { // calls go out over these, their channels counted for all nodes
            pbx.trunks(database.channels(), trunks.toArray(SipTrunkProfile[]::new));
        }
        AsteriskProvider asterisk = pbx.start();

        // 5. Callbacks, asked for by whoever knows the token.
        callbacks.start(asterisk);
        CallbackEndpoint endpoint = CallbackEndpoint.open(
                callbacks::call,
                setting("CAREFLOW_CALLBACK_TOKEN", ""),
                Integer.parseInt(setting("CAREFLOW_CALLBACK_PORT", "8090")));

        // 6. The end, last things first. Calls that are up go on without us; the next start takes them over.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            endpoint.close();
                            callbacks.close();
                            asterisk.close();
                            rates.close();
                            cdrs.close();
                            pool.close();
                            log.info("Stopped");
                        },
                        "stop"));

        while (!asterisk.awaitConnected(Duration.ofSeconds(10))) {
            log.warn("Waiting for Asterisk: {}", asterisk.health());
        }
        log.info("Ready for calls");
        new CountDownLatch(1).await();
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(setting("CAREFLOW_JDBC_URL", "jdbc:postgresql://127.0.0.1:5432/careflow"));
        pool.setUsername(setting("CAREFLOW_JDBC_USER", "careflow"));
        pool.setPassword(setting("CAREFLOW_JDBC_PASSWORD", ""));
        // A caller is waiting: better an apology after three seconds than silence for thirty.
        pool.setConnectionTimeout(3_000);
        return pool;
    }

    private static String setting(String name, String standard) {
        return System.getProperty(name, System.getenv().getOrDefault(name, standard));
    }

    private static Secret secret(String name) {
        String value = setting(name, "");
        if (value.isEmpty()) {
            throw new IllegalStateException(name + " is not set");
        }
        return Secret.of(value);
    }
}
