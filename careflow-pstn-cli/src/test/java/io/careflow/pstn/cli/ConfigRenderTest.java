package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pstn config render} on the site of {@code docs/sip-site}. */
class ConfigRenderTest {
    private static final String ASTERISK = "config render asterisk --site office.properties --node a --out out";
    private static final String KAMAILIO = "config render kamailio --site office.properties --out out";

    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void start() {
        console = ExampleSite.in(folder);
    }

    @Test
    void theExampleGivesTheFilesOfAsteriskAndSecretsAreForTheOwnerAlone() throws IOException {
        Ran ran = run(ASTERISK);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(Files.readString(out("pjsip.conf"))).contains("[siproute]", "10.0.0.11:5060", "10.0.0.10");
        assertThat(Files.readString(out("extensions.conf"))).contains("from_pstn", "Stasis(careflow", "vm-nobodyavail");
        assertThat(Files.readString(out("ari.conf"))).contains(ExampleSite.SECRETS.get("CAREFLOW_ARI_PASSWORD"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out("ari.conf"))))
                .isEqualTo("rw-------");
        assertThat(ran.err()).contains("warning: trunk siproute: emergency");
        silent(ran);
    }

    @Test
    void theExampleGivesTheFilesOfKamailio() throws IOException {
        Ran ran = run(KAMAILIO + " --json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().at("/files/kamailio.cfg").asText()).isEqualTo("NEW");
        assertThat(Files.readString(out("dispatcher.list")))
                .contains("10.0.0.11:5060", "10.0.0.12:5060", "198.51.100.20");
        assertThat(Files.readString(out("kamailio.cfg"))).contains("autoexpire=600", "listen=udp:192.0.2.10:5060");
        assertThat(Files.readString(out("uacreg"))).contains(ExampleSite.SECRETS.get("SIPROUTE_PASSWORD"));
        silent(ran);
    }

    @Test
    void aNodeHasToBeNamedWhereThereAreSeveralAndKamailioHasNone() {
        String typed = "config render asterisk --site office.properties --out out";
        assertThat(run(typed).err()).contains("the site has several nodes; name one with --node; allowed are [a, b]");
        assertThat(run(typed + " --node c").err()).contains("no node 'c'; allowed are [a, b]");
        assertThat(run(KAMAILIO + " --node a").err()).contains("--node names an Asterisk");
        assertThat(run(typed + " --node a").exit()).isZero();
    }

    @Test
    void itAsksBeforeAFileIsReplacedAndNotWhereNoneIs() throws IOException {
        assertThat(run(KAMAILIO).exit()).isZero();
        assertThat(run(KAMAILIO).exit()).as("nothing changes").isZero();
        Files.writeString(out("address.list"), "somebody's own\n");
        Ran refused = run(KAMAILIO);
        assertThat(refused.exit()).isEqualTo(ExitCode.NOT_CONFIRMED);
        Ran dry = run(KAMAILIO + " --dry-run --json");
        assertThat(dry.json().at("/request/files/address.list").asText()).isEqualTo("CHANGED");
        assertThat(Files.readString(out("address.list"))).isEqualTo("somebody's own\n");
        assertThat(run(KAMAILIO + " --yes").exit()).isZero();
        assertThat(Files.readString(out("address.list"))).contains("198.51.100.0 26");
    }

    @Test
    void aDiffWritesNothingAndEndsWithOneIfThereIsADifference() throws IOException {
        Ran fresh = run(KAMAILIO + " --diff");
        assertThat(fresh.exit()).isEqualTo(1);
        assertThat(fresh.out()).contains("--- /dev/null", "+++ " + out("kamailio.cfg"), "@@ -0,0 +1,");
        assertThat(out("")).doesNotExist();
        silent(fresh);

        run(KAMAILIO);
        Ran same = run(KAMAILIO + " --diff");
        assertThat(same.exit()).isZero();
        assertThat(same.out()).isEmpty();

        ExampleSite.change(folder.resolve("office.properties"), "ban = 10m", "ban = 5m");
        Ran changed = run(KAMAILIO + " --diff");
        assertThat(changed.exit()).isEqualTo(1);
        assertThat(changed.out().lines())
                .contains("--- " + out("kamailio.cfg"), "+++ " + out("kamailio.cfg"))
                .anyMatch(line -> line.startsWith("-modparam") && line.contains("autoexpire=600"))
                .anyMatch(line -> line.startsWith("+modparam") && line.contains("autoexpire=300"));
        assertThat(Files.readString(out("kamailio.cfg"))).contains("autoexpire=600;updateexpire=0");
        Ran json = run(KAMAILIO + " --diff --json");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.json().at("/different").asBoolean()).isTrue();
        assertThat(json.json().at("/files/0/change").asText()).isEqualTo("CHANGED");
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws IOException {
        Files.writeString(out(""), "no folder");
        Ran ran = run(KAMAILIO);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("is no folder");
        assertThat(Files.readString(out(""))).isEqualTo("no folder");
    }

    @Test
    void aDiffShowsThatASecretChangesAndNeitherTheOldNorTheNewOne() throws IOException {
        run(ASTERISK);
        Files.writeString(
                out("pjsip.conf"),
                Files.readString(out("pjsip.conf")) + "password = written-by-hand\nremotesecret=no-less\n");
        console.environment.put("CAREFLOW_ARI_PASSWORD", "another-password");
        Ran ran = run(ASTERISK + " --diff");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out().lines()).contains("-password = [secret]", "+password = [secret]");
        assertThat(ran.out()).contains("-password [secret]", "-remotesecret [secret]");
        assertThat(ran.out() + ran.err()).doesNotContain("written-by-hand", "no-less", "another-password");
        silent(ran);
    }

    @Test
    void aFileWithTheRightTextThatOthersCanReadIsADifference() throws IOException {
        run(ASTERISK);
        Files.setPosixFilePermissions(out("ari.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        Ran ran = run(ASTERISK + " --diff");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("ari.conf can be read by others than its owner");
        assertThat(run(ASTERISK).exit()).isZero();
        assertThat(run(ASTERISK + " --diff").exit()).isZero();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws IOException {
        Path site = folder.resolve("office.properties");
        ExampleSite.change(site, "domain = sip.example.org", "domain = SIP example");
        ExampleSite.change(site, "asterisk.version = 22", "asterisk.version = 9");
        ExampleSite.change(site, "a.udp = 10.0.0.11:5060", "a.udp = 10.0.0.11");
        ExampleSite.change(site, "env:KAMAILIO_KEY", "the-key-itself-is-no-reference");
        ExampleSite.change(site, "limits.ban = 10m", "limits.ban = long");
        ExampleSite.change(site, "trunks = siproute.properties", "trunks = siproute.properties, none.properties");
        Files.writeString(site, Files.readString(site) + "kamailio.colour = red\n");
        ExampleSite.change(
                folder.resolve("siproute.properties"), "capacity.maxConcurrent = 4", "capacity.maxConcurrent = 0");
        ExampleSite.change(folder.resolve("users.properties"), "1002.password = env:SIP_PASSWORD_1002", "1002.x = y");
        Ran ran = run(KAMAILIO);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .contains(
                        "domain: is 'SIP example'; expected a host name in lower case",
                        "asterisk.version: is '9'; allowed are 13 to 22",
                        "asterisk.nodes.a.udp: is '10.0.0.11'; expected address and port",
                        "kamailio.key: secret is no reference",
                        "kamailio.limits.ban: 'long' is no length of time",
                        "none.properties does not exist",
                        "kamailio.colour: there is no such key",
                        "siproute.properties: capacity.maxConcurrent",
                        "users.properties: 1002.x: there is no such key")
                .doesNotContain("the-key-itself");
        assertThat(ran.err().lines())
                .last()
                .asString()
                .contains("office.properties has ")
                .endsWith(" problems");
        Ran json = run(KAMAILIO + " --json");
        assertThat(json.json().at("/error/message").asText()).contains("kamailio.colour", "asterisk.version");
        assertThat(out("")).doesNotExist();
    }

    @Test
    void whatIsWrongIsToldByItsKeyAndNotBroughtUpTwice() throws IOException {
        Path site = folder.resolve("office.properties");
        String all = Files.readString(site);
        Files.writeString(
                site,
                all.lines()
                                .filter(line ->
                                        !line.startsWith("asterisk.nodes.") && !line.startsWith("kamailio.tls."))
                                .collect(Collectors.joining("\n", "", "\n"))
                        + "trunks.0 = copy.properties\n");
        ExampleSite.change(site, "fallback.ring = 1001", "fallback.ring = 999");
        Files.copy(folder.resolve("siproute.properties"), folder.resolve("copy.properties"));
        console.environment.remove("SIPROUTE_PASSWORD");
        Ran ran = run(KAMAILIO);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .contains(
                        "asterisk.nodes: are missing",
                        "kamailio.tls.certificate: is missing; kamailio.listen.wss needs it",
                        "trunks: copy.properties has the id siproute, as siproute.properties has",
                        "siproute.properties: auth.secret: there is no secret at env:SIPROUTE_PASSWORD",
                        "asterisk.fallback.ring: is '999'; expected names of users")
                .doesNotContain("there is no such key", "tls(certificate");
    }

    @Test
    void anAddressThatNoCarrierCanReachIsWarnedOf() {
        assertThat(run(ASTERISK + " --yes").err()).doesNotContain("publicAddress", "localNetworks");
        Path site = folder.resolve("office.properties");
        ExampleSite.change(site, "asterisk.localNetworks = 10.0.0.0/8\n", "");
        assertThat(run(ASTERISK + " --yes").err())
                .contains("warning: localNetworks are missing beside publicAddress", "Kamailio at 10.0.0.10 included");
        ExampleSite.change(site, "asterisk.nodes.a.publicAddress = 192.0.2.11\n", "");
        Ran ran = run(ASTERISK + " --yes");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err())
                .contains("warning: publicAddress is missing: the carrier of trunk siproute", "voice to 10.0.0.11");
        assertThat(run(KAMAILIO).err()).doesNotContain("publicAddress");
    }

    @Test
    void localNetworksOfNoPublicAddressAreRefused() {
        Path site = folder.resolve("office.properties");
        ExampleSite.change(site, "asterisk.nodes.a.publicAddress = 192.0.2.11\n", "");
        ExampleSite.change(site, "asterisk.nodes.b.publicAddress = 192.0.2.12\n", "");
        Ran ran = run(ASTERISK);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .contains("asterisk.localNetworks: are of use beside asterisk.nodes.NAME.publicAddress only");
    }

    @Test
    void aNameThatIsNotAllowedIsToldInWordsAndNotAsAPattern() {
        ExampleSite.change(folder.resolve("office.properties"), "application = careflow", "application = my app");
        assertThat(run(ASTERISK).err())
                .contains("application is 'my app'; allowed is a name of 1 to 40 letters")
                .doesNotContain("A-Z");
    }

    @Test
    void secretsOfTheOtherServerNeedNotBeThere() {
        console.environment.keySet().removeAll(List.of("CAREFLOW_ARI_PASSWORD"));
        assertThat(run(KAMAILIO).exit()).isZero();
        Ran asterisk = run(ASTERISK);
        assertThat(asterisk.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(asterisk.err()).contains("asterisk.ari.password: there is no secret at env:CAREFLOW_ARI_PASSWORD");
        console.environment.clear();
        console.environment.put("CAREFLOW_ARI_PASSWORD", "pw-of-ari-8");
        assertThat(run(ASTERISK).exit()).isZero();
    }

    @Test
    void passwordsOfUsersMayStandInTheirFileIfItIsTheOwnersAlone() throws IOException {
        Path users = folder.resolve("users.properties");
        Files.writeString(users, "1001.password = written-down-7\n");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        Ran open = run(KAMAILIO);
        assertThat(open.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(open.err())
                .contains("can be read by others than its owner: chmod 600")
                .doesNotContain("written-down");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        assertThat(run(KAMAILIO).exit()).isZero();
    }

    @Test
    void usersOfATableAreForKamailioAlone() throws IOException {
        Path site = folder.resolve("office.properties");
        ExampleSite.change(
                site,
                "users.file = users.properties",
                "users.database.name = phones\nusers.database.user = kamailio\nusers.database.password = env:DB_PASSWORD\n"
                        + "users.database.userColumn = sip_name\nusers.database.passwordColumn = ha1\nusers.database.digest = true");
        ExampleSite.change(site, "asterisk.fallback.ring = 1001\n", "");
        console.environment.put("DB_PASSWORD", "pw-of-db-7");
        Ran ran = run(KAMAILIO);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(Files.readString(out("kamailio-secrets.cfg")))
                .contains("postgres://kamailio:pw-of-db-7@127.0.0.1:5432/phones");
        assertThat(run(KAMAILIO + " --diff --json").out()).doesNotContain("pw-of-db-7");
        assertThat(run(ASTERISK).exit()).isZero();

        Files.writeString(
                site,
                Files.readString(site).lines().filter(line -> !line.startsWith("kamailio.")).toList().stream()
                        .reduce("", (all, line) -> all + line + "\n"));
        assertThat(run(ASTERISK).err()).contains("users.database: is for Kamailio");
        Ran none = run(KAMAILIO);
        assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutKamailioUsersAndTrunksRegisterAtAsterisk() throws IOException {
        Path site = folder.resolve("office.properties");
        Files.writeString(site, """
                trunks = siproute.properties
                users.file = users.properties
                asterisk.ari.password = env:CAREFLOW_ARI_PASSWORD
                asterisk.version = 18
                asterisk.nodes.pbx.udp = 192.0.2.10:5060
                asterisk.nodes.pbx.publicAddress = 203.0.113.9
                asterisk.localNetworks = 10.0.0.0/8, 192.168.0.0/16
                """);
        Ran ran = run("config render asterisk --site office.properties --out out");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(Files.readString(out("pjsip.conf")))
                .contains("type = registration", "203.0.113.9", "192.168.0.0/16");
        assertThat(Files.readString(out("pjsip_secrets.conf"))).contains(ExampleSite.SECRETS.get("SIPROUTE_PASSWORD"));
        Ran kamailio = run(KAMAILIO);
        assertThat(kamailio.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(kamailio.err()).contains("the site has no Kamailio: there are no keys kamailio.*");
    }

    @Test
    void aSiteMayBeJson() throws IOException {
        Files.writeString(folder.resolve("site.json"), """
                {"trunks": ["siproute.properties"],
                 "asterisk": {"ari": {"password": "env:CAREFLOW_ARI_PASSWORD"},
                              "nodes": {"pbx": {"udp": "192.0.2.10:5060"}},
                              "fallback": {"play": ["vm-nobodyavail", "vm-goodbye"]}}}
                """);
        Ran ran = run("config render asterisk --site site.json --out out");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(Files.readString(out("extensions.conf"))).contains("vm-nobodyavail", "vm-goodbye");
        Files.writeString(folder.resolve("site.json"), "{\"trunks\": [");
        assertThat(run("config render asterisk --site site.json --out out").exit())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void textThatAFileCouldTakeForItsOwnIsRefused() {
        ExampleSite.change(
                folder.resolve("office.properties"), "play = vm-nobodyavail", "play = a)\\n same => n,System(id");
        Ran ran = run(ASTERISK);
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("asterisk.fallback.play");
        assertThat(out("")).doesNotExist();
    }

    @Test
    void oldAsterisksGetChanSipAndNewOnesAreToldThatTheyHaveNone() throws IOException {
        Files.writeString(folder.resolve("old.properties"), """
                trunks = siproute.properties
                asterisk.ari.password = env:CAREFLOW_ARI_PASSWORD
                asterisk.version = 13
                asterisk.sip = chanSip
                asterisk.nodes.pbx.udp = 192.0.2.10:5060
                """);
        assertThat(run("config render asterisk --site old.properties --out out").exit())
                .isZero();
        assertThat(out("sip.conf")).exists();
        ExampleSite.change(folder.resolve("old.properties"), "version = 13", "version = 22");
        Ran ran = run("config render asterisk --site old.properties --out out");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("version is 22, which has no chan_sip");
    }

    private Ran run(String typed) {
        return console.run(typed.split(" ", -1));
    }

    private Path out(String name) {
        return folder.resolve("out").resolve(name);
    }

    private static void silent(Ran ran) {
        ExampleSite.SECRETS
                .values()
                .forEach(secret -> assertThat(ran.out() + ran.err()).doesNotContain(secret));
    }
}
