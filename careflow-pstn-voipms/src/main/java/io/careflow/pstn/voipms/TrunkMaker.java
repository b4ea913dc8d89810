package io.careflow.pstn.voipms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sub-account, and looks whether it is as closed as it was asked to be: one that VoIP.ms made differently is taken away
 * again. Where the answer is lost, or VoIP.ms says that the name is used which was free just before, a sub-account that has our
 * password is the one. Thread-safe.
 */
final class TrunkMaker {
    static final String CREATE = "trunk.create";

    /** What decides who may call, and where to: must be as it was asked for. */
    private static final List<String> GUARDS =
            List.of("auth_type", "ip", "lock_international", "sip_traffic", "enable_ip_restriction", "ip_restriction");

    private final VoipMsClient client;
    private final Servers servers;
    private final SubAccounts accounts;
    private final SipPasswords passwords;

    TrunkMaker(VoipMsClient client, Servers servers, SubAccounts accounts) {
        this.client = client;
        this.servers = servers;
        this.accounts = accounts;
        this.passwords = new SipPasswords(client.id(), client.settings().random());
    }

    /** Refuses what cannot be done, without sending anything. */
    TrunkForm check(TrunkRequest request) {
        TrunkForm form = new TrunkForm(client.id(), CREATE, request.options());
        form.check(request);
        Secret given = TrunkForm.password(request);
        if (given != null) {
            Secret unused = passwords.of(CREATE, given);
        }
        return form;
    }

    SipTrunk make(TrunkRequest request) {
        TrunkForm form = check(request);
        Map<String, String> wanted = form.creation(request);
        Secret password = TrunkForm.isByAddress(request) ? null : passwords.of(CREATE, TrunkForm.password(request));
        String user = TrunkForm.user(request);
        Reads.before(CREATE, () -> {
            if (!accounts.named(CREATE, user).isEmpty()) {
                throw new Conflict(Failure.of(
                        client.id(),
                        CREATE,
                        Effect.NONE,
                        "there is a sub-account with the user '" + user + "' already"));
            }
            return servers.known(CREATE);
        });
        Fields row = confirmed(user, written(user, wanted, password), wanted, password);
        return accounts.trunk(CREATE, row, List.of());
    }

    /** The answer to the creation, or what was found in its place. */
    private Fields written(String user, Map<String, String> wanted, @Nullable Secret password) {
        Map<String, String> parameters = new LinkedHashMap<>(wanted);
        if (password != null) {
            parameters.put("password", password.reveal());
        }
        try {
            return client.write(VoipMsCall.of(CREATE, "createSubAccount").withAll(parameters));
        } catch (PstnException e) {
            boolean lost = e.effect() == Effect.UNKNOWN
                    || e.code().filter("used_username"::equalsIgnoreCase).isPresent();
            if (!lost) {
                throw e;
            }
            Optional<Fields> mine = mine(user, wanted, password, e);
            return mine.orElseThrow(() -> e);
        }
    }

    private Optional<Fields> mine(
            String user, Map<String, String> wanted, @Nullable Secret password, PstnException failure) {
        try {
            return accounts.named(CREATE, user).stream()
                    .filter(row -> password == null
                            ? row.text("ip").equals(Optional.ofNullable(wanted.get("ip")))
                            : SubAccounts.password(row).filter(password::equals).isPresent())
                    .findFirst();
        } catch (PstnException e) {
            failure.addSuppressed(e);
            return Optional.empty();
        }
    }

    // From here on there is something to take away.
    private Fields confirmed(String user, Fields answer, Map<String, String> wanted, @Nullable Secret password) {
        Fields row;
        try {
            row = accounts.named(CREATE, user).stream()
                    .findFirst()
                    .orElseThrow(() -> new ProviderUnavailable(Failure.of(
                            client.id(),
                            CREATE,
                            Effect.UNKNOWN,
                            "VoIP.ms does not list the sub-account that it made")));
        } catch (PstnException e) {
            throw takenAway(answer.text("id").orElse(null), e);
        }
        for (String guard : GUARDS) {
            if (differs(wanted.getOrDefault(guard, ""), row.text(guard).orElse(""))) {
                throw takenAway(row.text("id").orElse(null), madeOtherwise("another " + guard));
            }
        }
        if (password == null) {
            return row;
        }
        Optional<Secret> kept = SubAccounts.password(row);
        if (kept.isPresent() && !kept.get().equals(password)) {
            throw takenAway(row.text("id").orElse(null), madeOtherwise("another password"));
        }
        ObjectNode known = ((ObjectNode) row.node()).deepCopy();
        return Fields.of(client.id(), CREATE, known.put("password", password.reveal()));
    }

    // What VoIP.ms tells no more, it was asked for and did not refuse.
    private static boolean differs(String asked, String is) {
        return !asked.isEmpty() && !is.isEmpty() && !entries(asked).equals(entries(is));
    }

    private static Set<String> entries(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(entry -> entry.strip().replaceFirst("/32$", ""))
                .collect(Collectors.toSet());
    }

    private ProviderUnavailable madeOtherwise(String what) {
        return new ProviderUnavailable(Failure.of(
                client.id(),
                CREATE,
                Effect.UNKNOWN,
                "VoIP.ms made the sub-account with " + what + " than it was asked for"));
    }

    private PstnException takenAway(@Nullable String id, PstnException failure) {
        boolean gone = false;
        try {
            if (id != null) {
                delete(CREATE, id);
                gone = true;
            }
        } catch (PstnException e) {
            failure.addSuppressed(e);
        }
        Failure facts = failure.failure();
        return new ProviderUnavailable(
                new Failure(
                        facts.provider(),
                        CREATE,
                        gone ? Effect.NONE : Effect.UNKNOWN,
                        facts.reason() + (gone ? "; it was taken away again" : "; it may be left behind"),
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                failure);
    }

    /** Deletes the sub-account of a row's number; one that is gone is no error. */
    void delete(String operation, String id) {
        try {
            Fields unused =
                    client.write(VoipMsCall.of(operation, "delSubAccount").with("id", id));
        } catch (NotFound e) {
            // That is what was wanted.
        }
    }
}
