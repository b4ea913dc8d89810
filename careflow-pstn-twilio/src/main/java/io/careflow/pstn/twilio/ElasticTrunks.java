package io.careflow.pstn.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.rest.trunking.v1.Trunk;
import com.twilio.rest.trunking.v1.TrunkCreator;
import com.twilio.rest.trunking.v1.trunk.CredentialList;
import com.twilio.rest.trunking.v1.trunk.IpAccessControlList;
import com.twilio.rest.trunking.v1.trunk.OriginationUrl;
import com.twilio.rest.trunking.v1.trunk.PhoneNumber;
import com.twilio.rest.trunking.v1.trunk.Recording;
import io.careflow.pstn.Option;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Rollback;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Elastic SIP trunks: SIP both ways. Thread-safe. */
final class ElasticTrunks {
    static final Set<Option<?>> OPTIONS = Set.of(TwilioOptions.TRUNK_RECORDING, TwilioOptions.DISASTER_RECOVERY_URL);
    private static final String CREATE = "trunk.create";
    private static final String FETCH = "trunk.fetch";
    private static final String SUFFIX = ".pstn.twilio.com";
    private static final int MOST_SERVERS = 10;

    private final TwilioClient client;
    private final SipLists lists;
    private final SipPasswords passwords;

    ElasticTrunks(TwilioClient client, SipLists lists, SipPasswords passwords) {
        this.client = client;
        this.lists = lists;
        this.passwords = passwords;
    }

    SipTrunk create(TrunkRequest request) {
        check(request);
        Recording.RecordingMode recording = recording(request);
        List<SipCredential> credentials = passwords.complete(CREATE, request);
        if (client.before(CREATE, () -> isThere(request.name()))) {
            throw new Conflict(
                    Failure.of(client.id(), CREATE, Effect.NONE, "there is a trunk '" + request.name() + "' already"));
        }
        Rollback rollback = new Rollback(client.id(), CREATE, "sid");
        try {
            Fields trunk = rollback.unique(
                    "trunk '" + request.name() + "'",
                    () -> client.json(CREATE, rest -> creator(request).create(rest)),
                    () -> withDomain(domain(request.name())),
                    sid -> remove(CREATE, sid));
            String sid = trunk.requireText("sid");
            lists(rollback, request, sid, credentials);
            for (SipEndpoint server : request.inbound()) {
                client.done(
                        CREATE,
                        rest -> OriginationUrl.creator(
                                        sid,
                                        server.weight(),
                                        server.priority(),
                                        true,
                                        server.host(),
                                        URI.create(SipUrls.write(server)))
                                .create(rest));
            }
            if (recording != null) {
                client.done(
                        CREATE,
                        rest -> Recording.updater(sid).setMode(recording).update(rest));
            }
            return trunk(trunk, request.inbound(), credentials, request.allowed(), List.of());
        } catch (RuntimeException e) {
            throw rollback.failed(e);
        }
    }

    /** Whether the account has a trunk of this name. */
    boolean isThere(String name) {
        return !withDomain(domain(name)).isEmpty();
    }

    Optional<SipTrunk> fetch(String operation, String sid) {
        return client.find(operation, rest -> Trunk.fetcher(sid).fetch(rest)).map(trunk -> read(operation, trunk));
    }

    List<SipTrunk> list(String operation) {
        return all(operation).stream().map(trunk -> read(operation, trunk)).toList();
    }

    void attach(String operation, String sid, String number) {
        client.done(operation, rest -> PhoneNumber.creator(sid, number).create(rest));
    }

    void detach(String operation, String sid, String number) {
        SipLists.ignoreGone(() ->
                client.done(operation, rest -> PhoneNumber.deleter(sid, number).delete(rest)));
    }

    /**
     * Deletes the trunk last, so that a deletion that broke off can be repeated. Its lists are known by its domain, which no
     * other trunk has; the friendly name is anybody's.
     */
    void delete(String operation, String sid) {
        Optional<Fields> trunk = client.before(
                operation, () -> client.find(FETCH, rest -> Trunk.fetcher(sid).fetch(rest)));
        if (trunk.isEmpty()) {
            return;
        }
        for (Fields number : client.before(operation, () -> numbers(FETCH, sid))) {
            detach(operation, sid, number.requireText("sid"));
        }
        String domain = trunk.get().text("domain_name").orElse("");
        if (domain.endsWith(SUFFIX)) {
            String name = domain.substring(0, domain.length() - SUFFIX.length());
            deleteLists(operation, sid, SipLists.name(TrunkKind.TRUNK, name));
        }
        remove(operation, sid);
    }

    private void deleteLists(String operation, String sid, String made) {
        for (Fields found : lists.credentialLists(made)) {
            String list = found.requireText("sid");
            partCredentials(operation, sid, list);
            lists.deleteCredentials(operation, list);
        }
        for (Fields found : lists.addressLists(made)) {
            String list = found.requireText("sid");
            partAddresses(operation, sid, list);
            lists.deleteAddresses(operation, list);
        }
    }

    private void check(TrunkRequest request) {
        TwilioOptions.requireKnown(client.id(), CREATE, request.options(), OPTIONS);
        if (request.registration()) {
            throw new UnsupportedFeature(
                    client.id(), CREATE, "registration at a TRUNK", List.of("registration at a DOMAIN"));
        }
        if (request.inbound().size() > MOST_SERVERS) {
            throw refused("more than " + MOST_SERVERS + " inbound servers");
        }
        if (request.secure() && request.inbound().stream().anyMatch(server -> server.transport() != SipTransport.TLS)) {
            throw refused("a secure trunk has an inbound server that is not reached over TLS");
        }
    }

    private Recording.@Nullable RecordingMode recording(TrunkRequest request) {
        String word = TwilioOptions.value(request.options(), TwilioOptions.TRUNK_RECORDING);
        if (word == null) {
            return null;
        }
        Recording.RecordingMode mode = Recording.RecordingMode.forValue(word);
        if (mode == null) {
            throw refused("option " + TwilioOptions.TRUNK_RECORDING.name() + " has a value that Twilio does not know");
        }
        return mode;
    }

    private InvalidRequest refused(String reason) {
        return new InvalidRequest(Failure.of(client.id(), CREATE, Effect.NONE, reason));
    }

    private static TrunkCreator creator(TrunkRequest request) {
        TrunkCreator creator = Trunk.creator()
                .setFriendlyName(request.name())
                .setDomainName(domain(request.name()))
                .setSecure(request.secure());
        URI recovery = TwilioOptions.value(request.options(), TwilioOptions.DISASTER_RECOVERY_URL);
        return recovery == null
                ? creator
                : creator.setDisasterRecoveryUrl(recovery).setDisasterRecoveryMethod(HttpMethod.POST);
    }

    private void lists(Rollback rollback, TrunkRequest request, String sid, List<SipCredential> credentials) {
        String name = SipLists.name(TrunkKind.TRUNK, request.name());
        if (!credentials.isEmpty()) {
            String list = lists.credentials(rollback, CREATE, name, credentials);
            rollback.bond(
                    "use of credential list " + list,
                    () -> client.done(
                            CREATE, rest -> CredentialList.creator(sid, list).create(rest)),
                    () -> partCredentials(CREATE, sid, list));
        }
        if (!request.allowed().isEmpty()) {
            String list = lists.addresses(rollback, CREATE, name, request.allowed());
            rollback.bond(
                    "use of list of addresses " + list,
                    () -> client.done(
                            CREATE,
                            rest -> IpAccessControlList.creator(sid, list).create(rest)),
                    () -> partAddresses(CREATE, sid, list));
        }
    }

    private void partCredentials(String operation, String sid, String list) {
        SipLists.ignoreGone(() ->
                client.done(operation, rest -> CredentialList.deleter(sid, list).delete(rest)));
    }

    private void partAddresses(String operation, String sid, String list) {
        SipLists.ignoreGone(() -> client.done(
                operation, rest -> IpAccessControlList.deleter(sid, list).delete(rest)));
    }

    private void remove(String operation, String sid) {
        SipLists.ignoreGone(
                () -> client.done(operation, rest -> Trunk.deleter(sid).delete(rest)));
    }

    private List<Fields> all(String operation) {
        return client.all(
                operation, "trunks", rest -> Trunk.reader().setPageSize(1000L).firstPage(rest));
    }

    private List<Fields> withDomain(String domain) {
        return all("trunk.list").stream()
                .filter(trunk -> trunk.text("domain_name").orElse("").equals(domain))
                .toList();
    }

    private List<Fields> numbers(String operation, String sid) {
        return client.all(
                operation,
                "phone_numbers",
                rest -> PhoneNumber.reader(sid).setPageSize(1000L).firstPage(rest));
    }

    private SipTrunk read(String operation, Fields trunk) {
        String sid = trunk.requireText("sid");
        List<SipEndpoint> inbound = client
                .all(
                        operation,
                        "origination_urls",
                        rest -> OriginationUrl.reader(sid).setPageSize(1000L).firstPage(rest))
                .stream()
                .filter(url -> url.bool("enabled").orElse(true))
                .flatMap(url -> SipUrls.read(
                        url.requireText("sip_url"), url.requireInteger("priority"), url.requireInteger("weight"))
                        .stream())
                .toList();
        List<SipCredential> credentials = new ArrayList<>();
        for (Fields list : client.all(
                operation,
                "credential_lists",
                rest -> CredentialList.reader(sid).setPageSize(1000L).firstPage(rest))) {
            credentials.addAll(lists.users(operation, list.requireText("sid")));
        }
        List<IpRange> allowed = new ArrayList<>();
        for (Fields list : client.all(
                operation,
                "ip_access_control_lists",
                rest -> IpAccessControlList.reader(sid).setPageSize(1000L).firstPage(rest))) {
            allowed.addAll(lists.ranges(operation, list.requireText("sid")));
        }
        List<io.careflow.pstn.PhoneNumber> numbers = numbers(operation, sid).stream()
                .flatMap(number -> number.read("phone_number", "E.164", io.careflow.pstn.PhoneNumber::new).stream())
                .toList();
        return trunk(trunk, inbound, credentials, allowed, numbers);
    }

    private SipTrunk trunk(
            Fields trunk,
            List<SipEndpoint> inbound,
            List<SipCredential> credentials,
            List<IpRange> allowed,
            List<io.careflow.pstn.PhoneNumber> numbers) {
        boolean secure = trunk.bool("secure").orElse(false);
        return new SipTrunk(
                new TrunkRef(client.id(), trunk.requireText("sid")),
                TrunkKind.TRUNK,
                trunk.text("friendly_name").orElse(""),
                // A trunk without a domain name takes no calls from us.
                trunk.text("domain_name")
                        .map(domain -> TwilioNetwork.termination(
                                domain, client.settings().edge(), secure))
                        .orElse(List.of()),
                inbound,
                credentials,
                allowed,
                TwilioNetwork.sources(),
                secure,
                false,
                numbers,
                TrunkDetails.of(trunk));
    }

    private static String domain(String name) {
        return name + SUFFIX;
    }
}
