package io.careflow.pstn.voipms;

import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRegistrations;
import io.careflow.pstn.trunk.TrunkRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sub-accounts of VoIP.ms as trunks; a trunk's id is its full log-in name. Thread-safe. */
final class VoipMsTrunks implements TrunkControl, TrunkRegistrations, VoipMsSubAccounts {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,20}_[A-Za-z0-9]{1,20}");
    private static final Set<String> FIXED = Set.of("id", "account", "username", "protocol");
    private static final Set<String> UNSET = Set.of("-1", "0000-00-00", "0000-00-00 00:00:00");

    private final VoipMsClient client;
    private final NumberRows numbers;
    private final NumberWrites writes;
    private final SubAccounts accounts;
    private final TrunkMaker maker;
    private final SipPasswords passwords;
    private final Commands<TrunkRequest, SipTrunk> commands;

    VoipMsTrunks(VoipMsClient client, Servers servers) {
        this.client = client;
        this.numbers = new NumberRows(client);
        this.writes = new NumberWrites(client);
        this.accounts = new SubAccounts(client, servers);
        this.maker = new TrunkMaker(client, servers, accounts);
        this.passwords = new SipPasswords(client.id(), client.settings().random());
        this.commands = new Commands<>(client.id(), TrunkMaker.CREATE, client.clock());
    }

    @Override
    public Set<Option<?>> options() {
        return TrunkForm.OPTIONS;
    }

    @Override
    public Set<TrunkKind> kinds() {
        return Set.of(TrunkKind.TRUNK);
    }

    @Override
    public SipTrunk create(TrunkRequest request) {
        TrunkForm unused = maker.check(request);
        AtomicBoolean mine = new AtomicBoolean();
        return commands.once(
                request.commandId(),
                request,
                () -> {
                    mine.set(true);
                    return maker.make(request);
                },
                // Who made it has looked for it already.
                doubt -> {
                    throw mine.get() ? doubt.failure() : still(request, doubt.failure());
                });
    }

    @Override
    public Optional<SipTrunk> fetch(TrunkRef trunk) {
        String operation = "trunk.fetch";
        return find(operation, trunk).map(row -> accounts.trunk(operation, row, numbers.rows(operation)));
    }

    @Override
    public List<SipTrunk> list() {
        String operation = "trunk.list";
        List<Fields> rows = accounts.rows(operation);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Fields> owned = numbers.rows(operation);
        return rows.stream().map(row -> accounts.trunk(operation, row, owned)).toList();
    }

    @Override
    public void attach(TrunkRef trunk, PhoneNumber number) {
        String operation = "trunk.attach";
        Fields row = Reads.before(operation, () -> {
            Fields unused = require(operation, trunk);
            return numbers.row(operation, number)
                    .orElseThrow(() -> notFound(operation, "the account does not own the number"));
        });
        if (NumberRows.account(row).filter(trunk.id()::equals).isEmpty()) {
            Fields unused = writes.did(operation, row, Map.of("routing", NumberRows.ACCOUNT + trunk.id()));
        }
    }

    @Override
    public void detach(TrunkRef trunk, PhoneNumber number) {
        String operation = "trunk.detach";
        if (isOurs(trunk)) {
            Reads.before(operation, () -> numbers.row(operation, number))
                    .filter(row ->
                            NumberRows.account(row).filter(trunk.id()::equals).isPresent())
                    .ifPresent(row -> nowhere(operation, row));
        }
    }

    // VoIP.ms keeps one that numbers still go to.
    @Override
    public void delete(TrunkRef trunk) {
        String operation = "trunk.delete";
        try {
            Optional<Fields> known = Reads.before(operation, () -> find(operation, trunk));
            if (known.isEmpty()) {
                return;
            }
            String id = Reads.before(operation, () -> known.get().requireText("id"));
            List<Fields> attached = Reads.before(operation, () -> numbers.rows(operation)).stream()
                    .filter(row ->
                            NumberRows.account(row).filter(trunk.id()::equals).isPresent())
                    .toList();
            try {
                attached.forEach(row -> nowhere(operation, row));
                maker.delete(operation, id);
            } catch (PstnException e) {
                throw attached.isEmpty() ? e : Partly.done(e, operation, "numbers were taken from the trunk");
            }
        } finally {
            commands.forget(made -> made.ref().equals(trunk));
        }
    }

    @Override
    public List<Registration> registrations(TrunkRef trunk) {
        String operation = "trunk.registrations";
        if (!isOurs(trunk)) {
            throw notFound(operation, "no such trunk");
        }
        Fields answer =
                client.read(VoipMsCall.of(operation, "getRegistrationStatus").with("account", trunk.id()));
        if (answer.text("status").filter(VoipMsErrors::isEmpty).isPresent()) {
            throw notFound(operation, "no such trunk");
        }
        return answer.list("registrations").stream()
                .filter(row -> row.text("register_ip").isPresent())
                .map(VoipMsTrunks::registration)
                .toList();
    }

    @Override
    public SipTrunk change(TrunkRef trunk, Map<Option<?>, Object> options) {
        String operation = "trunk.change";
        Map<String, String> changes = new TrunkForm(client.id(), operation, options).changes();
        return changed(operation, trunk, changes);
    }

    @Override
    public SipTrunk password(TrunkRef trunk, @Nullable Secret password) {
        String operation = "trunk.password";
        Secret checked = passwords.of(operation, password);
        return changed(operation, trunk, Map.of("password", checked.reveal()));
    }

    // setSubAccount forgets what it is not told, so it is told everything, also what nobody here knows.
    private SipTrunk changed(String operation, TrunkRef trunk, Map<String, String> changes) {
        Fields row = Reads.before(operation, () -> require(operation, trunk));
        Map<String, String> whole = new LinkedHashMap<>();
        for (String name : row.names()) {
            String value = row.node().path(name).asText();
            if (!FIXED.contains(name)
                    && row.has(name)
                    && row.node().path(name).isValueNode()
                    && !UNSET.contains(value)) {
                whole.put(name, value);
            }
        }
        whole.putAll(changes);
        Fields unused = client.write(VoipMsCall.of(operation, "setSubAccount")
                .with("id", row.requireText("id"))
                .withAll(whole));
        try {
            return fetch(trunk).orElseThrow(() -> notFound(operation, "no such trunk"));
        } catch (PstnException e) {
            throw Partly.done(e, operation, "the trunk was changed");
        }
    }

    private void nowhere(String operation, Fields row) {
        Fields unused = writes.did(operation, row, Map.of("routing", NumberChanges.NOWHERE));
    }

    private static Registration registration(Fields row) {
        String transport = row.text("register_transport").orElse("");
        // The hour is that of New York, as everything is at VoIP.ms.
        boolean unset = row.text("register_next").orElse("0000").startsWith("0000");
        Optional<Instant> next = unset ? Optional.empty() : row.instant("register_next", VoipMsAccount.ZONE);
        return new Registration(
                row.text("server_hostname").orElse(""),
                row.requireText("register_ip"),
                row.integer("register_port").orElse(0),
                transport(transport),
                transport,
                next.orElse(null));
    }

    private static @Nullable SipTransport transport(String word) {
        return switch (word.strip().toUpperCase(Locale.ROOT)) {
            case "UDP" -> SipTransport.UDP;
            case "TCP" -> SipTransport.TCP;
            case "TLS" -> SipTransport.TLS;
            default -> null;
        };
    }

    private Optional<Fields> find(String operation, TrunkRef trunk) {
        return isOurs(trunk) ? accounts.row(operation, trunk.id()) : Optional.empty();
    }

    private Fields require(String operation, TrunkRef trunk) {
        return find(operation, trunk).orElseThrow(() -> notFound(operation, "no such trunk"));
    }

    private boolean isOurs(TrunkRef trunk) {
        return trunk.provider().equals(client.id()) && ID.matcher(trunk.id()).matches();
    }

    private PstnException still(TrunkRequest request, PstnException lost) {
        String found;
        try {
            found = accounts.named(TrunkMaker.CREATE, TrunkForm.user(request)).isEmpty()
                    ? "VoIP.ms has no sub-account of this name now"
                    : "VoIP.ms has it, with a password that this process forgot; delete it and give another command";
        } catch (PstnException e) {
            lost.addSuppressed(e);
            found = "and looking for it failed";
        }
        return Partly.done(lost, TrunkMaker.CREATE, "given again, as it was in doubt: " + found);
    }

    private NotFound notFound(String operation, String reason) {
        return new NotFound(Failure.of(client.id(), operation, Effect.NONE, reason));
    }
}
