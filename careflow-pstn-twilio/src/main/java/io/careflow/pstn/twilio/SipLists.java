package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.sip.CredentialList;
import com.twilio.rest.api.v2010.account.sip.IpAccessControlList;
import com.twilio.rest.api.v2010.account.sip.credentiallist.Credential;
import com.twilio.rest.api.v2010.account.sip.ipaccesscontrollist.IpAddress;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Rollback;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.TrunkKind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Credential lists and lists of allowed addresses. They stand by themselves at Twilio and may be shared; those that we make for a
 * trunk carry its name, and only those are taken away with it. Thread-safe.
 */
final class SipLists {
    private static final String FIND = "trunk.lists.find";

    private final TwilioClient client;

    SipLists(TwilioClient client) {
        this.client = client;
    }

    /** What the lists of a trunk are called. */
    static String name(TrunkKind kind, String trunk) {
        return "careflow-" + kind.name().toLowerCase(Locale.ROOT) + "-" + trunk;
    }

    /** Makes a list with these credentials, all with passwords; the answer is its SID. */
    String credentials(Rollback rollback, String operation, String name, List<SipCredential> credentials) {
        String list = rollback.thing(
                        "credential list",
                        () -> client.json(
                                operation, rest -> CredentialList.creator(name).create(rest)),
                        () -> credentialLists(name),
                        sid -> deleteCredentials(operation, sid))
                .requireText("sid");
        for (SipCredential credential : credentials) {
            Secret password = Objects.requireNonNull(credential.password(), "password");
            client.done(
                    operation,
                    rest -> Credential.creator(list, credential.username(), password.reveal())
                            .create(rest));
        }
        return list;
    }

    /** Makes a list of these addresses; the answer is its SID. */
    String addresses(Rollback rollback, String operation, String name, List<IpRange> ranges) {
        String list = rollback.thing(
                        "list of addresses",
                        () -> client.json(
                                operation,
                                rest -> IpAccessControlList.creator(name).create(rest)),
                        () -> addressLists(name),
                        sid -> deleteAddresses(operation, sid))
                .requireText("sid");
        for (IpRange range : ranges) {
            client.done(
                    operation,
                    rest -> IpAddress.creator(list, range.toString(), range.address())
                            .setCidrPrefixLength(range.prefixLength())
                            .create(rest));
        }
        return list;
    }

    /** The users of a list; Twilio does not tell passwords. Users whose names a PBX could not use are left out. */
    List<SipCredential> users(String operation, String list) {
        return client
                .all(
                        operation,
                        "credentials",
                        rest -> Credential.reader(list).setPageSize(1000L).firstPage(rest))
                .stream()
                .flatMap(user -> credential(user).stream())
                .toList();
    }

    List<IpRange> ranges(String operation, String list) {
        return client
                .all(
                        operation,
                        "ip_addresses",
                        rest -> IpAddress.reader(list).setPageSize(1000L).firstPage(rest))
                .stream()
                .map(address -> new IpRange(
                        address.requireText("ip_address"),
                        address.integer("cidr_prefix_length").orElse(32)))
                .toList();
    }

    /** The credential lists of exactly this name. */
    List<Fields> credentialLists(String name) {
        return named(
                client.all(
                        FIND,
                        "credential_lists",
                        rest -> CredentialList.reader().setPageSize(1000L).firstPage(rest)),
                name);
    }

    /** The lists of addresses of exactly this name. */
    List<Fields> addressLists(String name) {
        return named(
                client.all(
                        FIND,
                        "ip_access_control_lists",
                        rest -> IpAccessControlList.reader().setPageSize(1000L).firstPage(rest)),
                name);
    }

    /** One that is not there is no error. */
    void deleteCredentials(String operation, String list) {
        ignoreGone(() ->
                client.done(operation, rest -> CredentialList.deleter(list).delete(rest)));
    }

    /** One that is not there is no error. */
    void deleteAddresses(String operation, String list) {
        ignoreGone(() ->
                client.done(operation, rest -> IpAccessControlList.deleter(list).delete(rest)));
    }

    static void ignoreGone(Runnable deletion) {
        try {
            deletion.run();
        } catch (NotFound e) {
            // That is what was wanted.
        }
    }

    private static Optional<SipCredential> credential(Fields user) {
        try {
            return Optional.of(new SipCredential(user.requireText("username"), null));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Fields> named(List<Fields> lists, String name) {
        return lists.stream()
                .filter(list -> list.text("friendly_name").orElse("").equals(name))
                .toList();
    }
}
