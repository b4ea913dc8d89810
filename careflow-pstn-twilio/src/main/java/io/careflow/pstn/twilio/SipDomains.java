package io.careflow.pstn.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.sip.Domain;
import com.twilio.rest.api.v2010.account.sip.DomainCreator;
import com.twilio.rest.api.v2010.account.sip.domain.authtypes.authtypecalls.AuthCallsCredentialListMapping;
import com.twilio.rest.api.v2010.account.sip.domain.authtypes.authtypecalls.AuthCallsIpAccessControlListMapping;
import com.twilio.rest.api.v2010.account.sip.domain.authtypes.authtyperegistrations.AuthRegistrationsCredentialListMapping;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Rollback;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SIP domains: devices register or call, and each call asks a URL. Thread-safe. */
final class SipDomains {
    private static final String CREATE = "trunk.create";
    private static final String SUFFIX = ".sip.twilio.com";
    /** The field of mappings of a domain, whatever they map. */
    private static final String MAPPINGS = "contents";

    private final TwilioClient client;
    private final SipLists lists;
    private final SipPasswords passwords;

    SipDomains(TwilioClient client, SipLists lists, SipPasswords passwords) {
        this.client = client;
        this.lists = lists;
        this.passwords = passwords;
    }

    SipTrunk create(TrunkRequest request) {
        TwilioOptions.requireKnown(client.id(), CREATE, request.options(), Set.of());
        List<SipCredential> credentials = passwords.complete(CREATE, request);
        if (client.before(CREATE, () -> isThere(request.name()))) {
            throw new Conflict(Failure.of(
                    client.id(), CREATE, Effect.NONE, "there is a SIP domain '" + request.name() + "' already"));
        }
        Rollback rollback = new Rollback(client.id(), CREATE, "sid");
        try {
            Fields domain = rollback.unique(
                    "SIP domain '" + request.name() + "'",
                    () -> client.json(CREATE, rest -> creator(request).create(rest)),
                    () -> withName(name(request)),
                    sid -> remove(CREATE, sid));
            String sid = domain.requireText("sid");
            if (!credentials.isEmpty()) {
                credentials(rollback, request, sid, credentials);
            }
            if (!request.allowed().isEmpty()) {
                String list = lists.addresses(
                        rollback, CREATE, SipLists.name(TrunkKind.DOMAIN, request.name()), request.allowed());
                rollback.bond(
                        "use of list of addresses " + list,
                        () -> client.done(
                                CREATE,
                                rest -> AuthCallsIpAccessControlListMapping.creator(sid, list)
                                        .create(rest)),
                        () -> partAddresses(CREATE, sid, list));
            }
            return domain(domain, credentials, request.allowed());
        } catch (RuntimeException e) {
            throw rollback.failed(e);
        }
    }

    /** Whether the account has a SIP domain of this name. */
    boolean isThere(String name) {
        return !withName(name + SUFFIX).isEmpty();
    }

    Optional<SipTrunk> fetch(String operation, String sid) {
        return client.find(operation, rest -> Domain.fetcher(sid).fetch(rest)).map(domain -> read(operation, domain));
    }

    List<SipTrunk> list(String operation) {
        return all(operation).stream().map(domain -> read(operation, domain)).toList();
    }

    /**
     * Deletes the domain last, so that a deletion that broke off can be repeated. Its lists are known by its domain name, which
     * no other has; the friendly name is anybody's.
     */
    void delete(String operation, String sid) {
        Optional<Fields> domain = client.before(
                operation,
                () -> client.find("trunk.fetch", rest -> Domain.fetcher(sid).fetch(rest)));
        if (domain.isEmpty()) {
            return;
        }
        String host = domain.get().text("domain_name").orElse("");
        if (host.endsWith(SUFFIX)) {
            String name = host.substring(0, host.length() - SUFFIX.length());
            deleteLists(operation, sid, SipLists.name(TrunkKind.DOMAIN, name));
        }
        remove(operation, sid);
    }

    private void deleteLists(String operation, String sid, String made) {
        for (Fields found : lists.credentialLists(made)) {
            String list = found.requireText("sid");
            partCredentials(operation, sid, list);
            partRegistrations(operation, sid, list);
            lists.deleteCredentials(operation, list);
        }
        for (Fields found : lists.addressLists(made)) {
            String list = found.requireText("sid");
            partAddresses(operation, sid, list);
            lists.deleteAddresses(operation, list);
        }
    }

    private static DomainCreator creator(TrunkRequest request) {
        DomainCreator creator = Domain.creator(name(request))
                .setFriendlyName(request.name())
                .setSecure(request.secure())
                .setSipRegistration(request.registration());
        if (request.voiceUrl() != null) {
            creator.setVoiceUrl(request.voiceUrl()).setVoiceMethod(HttpMethod.POST);
        }
        if (request.voiceFallbackUrl() != null) {
            creator.setVoiceFallbackUrl(request.voiceFallbackUrl()).setVoiceFallbackMethod(HttpMethod.POST);
        }
        if (request.statusUrl() != null) {
            creator.setVoiceStatusCallbackUrl(request.statusUrl()).setVoiceStatusCallbackMethod(HttpMethod.POST);
        }
        return creator;
    }

    private void credentials(Rollback rollback, TrunkRequest request, String sid, List<SipCredential> credentials) {
        String list = lists.credentials(rollback, CREATE, SipLists.name(TrunkKind.DOMAIN, request.name()), credentials);
        rollback.bond(
                "use of credential list " + list,
                () -> client.done(
                        CREATE,
                        rest -> AuthCallsCredentialListMapping.creator(sid, list)
                                .create(rest)),
                () -> partCredentials(CREATE, sid, list));
        if (request.registration()) {
            rollback.bond(
                    "registrations by credential list " + list,
                    () -> client.done(
                            CREATE,
                            rest -> AuthRegistrationsCredentialListMapping.creator(sid, list)
                                    .create(rest)),
                    () -> partRegistrations(CREATE, sid, list));
        }
    }

    private void partCredentials(String operation, String sid, String list) {
        SipLists.ignoreGone(() -> client.done(
                operation,
                rest -> AuthCallsCredentialListMapping.deleter(sid, list).delete(rest)));
    }

    private void partRegistrations(String operation, String sid, String list) {
        SipLists.ignoreGone(() -> client.done(
                operation,
                rest -> AuthRegistrationsCredentialListMapping.deleter(sid, list)
                        .delete(rest)));
    }

    private void partAddresses(String operation, String sid, String list) {
        SipLists.ignoreGone(() -> client.done(
                operation,
                rest -> AuthCallsIpAccessControlListMapping.deleter(sid, list).delete(rest)));
    }

    private void remove(String operation, String sid) {
        SipLists.ignoreGone(
                () -> client.done(operation, rest -> Domain.deleter(sid).delete(rest)));
    }

    private List<Fields> all(String operation) {
        return client.all(
                operation, "domains", rest -> Domain.reader().setPageSize(1000L).firstPage(rest));
    }

    private List<Fields> withName(String name) {
        return all("trunk.list").stream()
                .filter(domain -> domain.text("domain_name").orElse("").equals(name))
                .toList();
    }

    private SipTrunk read(String operation, Fields domain) {
        String sid = domain.requireText("sid");
        List<SipCredential> credentials = new ArrayList<>();
        for (Fields list : client.all(
                operation,
                MAPPINGS,
                rest -> AuthCallsCredentialListMapping.reader(sid)
                        .setPageSize(1000L)
                        .firstPage(rest))) {
            credentials.addAll(lists.users(operation, list.requireText("sid")));
        }
        List<IpRange> allowed = new ArrayList<>();
        for (Fields list : client.all(
                operation,
                MAPPINGS,
                rest -> AuthCallsIpAccessControlListMapping.reader(sid)
                        .setPageSize(1000L)
                        .firstPage(rest))) {
            allowed.addAll(lists.ranges(operation, list.requireText("sid")));
        }
        return domain(domain, credentials, allowed);
    }

    private SipTrunk domain(Fields domain, List<SipCredential> credentials, List<IpRange> allowed) {
        boolean secure = domain.bool("secure").orElse(false);
        return new SipTrunk(
                new TrunkRef(client.id(), domain.requireText("sid")),
                TrunkKind.DOMAIN,
                domain.text("friendly_name").orElse(""),
                TwilioNetwork.termination(
                        domain.requireText("domain_name"), client.settings().edge(), secure),
                List.of(),
                credentials,
                allowed,
                TwilioNetwork.sources(),
                secure,
                domain.bool("sip_registration").orElse(false),
                List.of(),
                TrunkDetails.of(domain));
    }

    private static String name(TrunkRequest request) {
        return request.name() + SUFFIX;
    }
}
