package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Sub-accounts, read. A row holds its SIP password in clear: it leaves this class as a {@link Secret} only, and is nowhere kept.
 * Thread-safe.
 */
final class SubAccounts {
    private static final Set<String> HIDDEN = Set.of("password", "id", "account", "username", "description");
    private static final Set<String> UNSET = Set.of("", "-1", "0000-00-00", "0000-00-00 00:00:00");

    private final VoipMsClient client;
    private final Servers servers;

    SubAccounts(VoipMsClient client, Servers servers) {
        this.client = client;
        this.servers = servers;
    }

    /** The row of a full log-in name such as {@code 100001_clinic}. */
    Optional<Fields> row(String operation, String account) {
        VoipMsCall call = VoipMsCall.of(operation, "getSubAccounts").with("account", account);
        return client.find(call, "accounts").filter(row -> account(row).equals(account));
    }

    List<Fields> rows(String operation) {
        return client.list(VoipMsCall.of(operation, "getSubAccounts"), "accounts");
    }

    /** What has this end of the log-in name; case counts as little as it does for VoIP.ms. */
    List<Fields> named(String operation, String user) {
        return rows(operation).stream()
                .filter(row -> account(row).replaceFirst("^[^_]*_", "").equalsIgnoreCase(user))
                .toList();
    }

    static String account(Fields row) {
        return row.requireText("account");
    }

    /** The password that VoIP.ms keeps; empty where addresses are the proof. */
    static Optional<Secret> password(Fields row) {
        return row.text("password").map(Secret::of);
    }

    /**
     * The trunk of a row.
     *
     * @param numbers rows of the account's numbers
     */
    SipTrunk trunk(String operation, Fields row, List<Fields> numbers) {
        String account = account(row);
        boolean secure = row.bool("sip_traffic").orElse(false);
        boolean byAddress = row.text("auth_type").orElse("").equals(TrunkForm.BY_ADDRESS);
        List<SipCredential> credentials = byAddress
                ? List.of()
                : readable(() -> new SipCredential(account, password(row).orElse(null))).stream()
                        .toList();
        List<PhoneNumber> attached = numbers.stream()
                .filter(number ->
                        NumberRows.account(number).filter(account::equals).isPresent())
                .flatMap(number -> NumberRows.number(number).stream())
                .toList();
        return new SipTrunk(
                new TrunkRef(client.id(), account),
                TrunkKind.TRUNK,
                row.text("description").orElse(account),
                outbound(operation, secure),
                List.of(),
                credentials,
                allowed(row, byAddress),
                sources(operation),
                secure,
                !byAddress,
                attached,
                details(row));
    }

    // The server that the PBX registers at comes first, the recommended ones next.
    private List<SipEndpoint> outbound(String operation, boolean secure) {
        List<VoipMsServers.Server> known = servers.known(operation);
        if (known.isEmpty()) {
            return List.of();
        }
        VoipMsServers.Server home = servers.home(operation);
        List<SipEndpoint> endpoints = new ArrayList<>();
        for (VoipMsServers.Server server : known) {
            int priority = server.equals(home) ? 10 : server.recommended() ? 20 : 30;
            readable(() -> SipEndpoint.of(server.host())
                            .over(secure ? SipTransport.TLS : SipTransport.UDP)
                            .ranked(priority, 10))
                    .ifPresent(endpoints::add);
        }
        endpoints.sort((one, other) -> Integer.compare(one.priority(), other.priority()));
        return endpoints;
    }

    private List<IpRange> sources(String operation) {
        return servers.known(operation).stream()
                .flatMap(server -> readable(() -> IpRange.parse(server.address())).stream())
                .distinct()
                .toList();
    }

    // Names of hosts may stand among the addresses; they are told in the details.
    private static List<IpRange> allowed(Fields row, boolean byAddress) {
        boolean restricted = row.bool("enable_ip_restriction").orElse(false);
        String addresses = byAddress
                ? row.text("ip").orElse("")
                : restricted ? row.text("ip_restriction").orElse("") : "";
        List<IpRange> ranges = new ArrayList<>();
        for (String address : addresses.split(",", -1)) {
            readable(() -> IpRange.parse(address.strip())).ifPresent(ranges::add);
        }
        return ranges;
    }

    private static Map<String, String> details(Fields row) {
        Map<String, String> details = new TreeMap<>();
        for (String name : row.names()) {
            boolean told = !HIDDEN.contains(name)
                    && !name.contains("pass")
                    && row.node().path(name).isValueNode();
            String value = told ? row.node().path(name).asText() : "";
            if (told && row.has(name) && !UNSET.contains(value)) {
                details.put(name, value);
            }
        }
        return details;
    }

    // What somebody wrote by hand at VoIP.ms may be no value of ours; it must not hide the rest.
    private static <T> Optional<T> readable(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
