package io.careflow.pstn.twilio;

import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Both things of Twilio that take SIP: elastic trunks and SIP domains. The prefix of an id tells which it is. Reading one takes a
 * request for each of its parts. Thread-safe.
 */
final class TwilioTrunks implements TrunkControl {
    private static final String TRUNK = "TK";
    private static final String DOMAIN = "SD";
    private static final String CREATE = "trunk.create";
    private static final String FIND_NUMBER = "trunk.number.find";

    private final TwilioClient client;
    private final TwilioNumbers numbers;
    private final ElasticTrunks trunks;
    private final SipDomains domains;
    private final Commands<TrunkRequest, SipTrunk> commands;

    TwilioTrunks(TwilioClient client, TwilioNumbers numbers) {
        this.client = client;
        this.numbers = numbers;
        SipLists lists = new SipLists(client);
        SipPasswords passwords = new SipPasswords(client.id(), client.settings().random());
        this.trunks = new ElasticTrunks(client, lists, passwords);
        this.domains = new SipDomains(client, lists, passwords);
        this.commands = new Commands<>(client.id(), CREATE, client.clock());
    }

    @Override
    public Set<Option<?>> options() {
        return ElasticTrunks.OPTIONS;
    }

    @Override
    public Set<TrunkKind> kinds() {
        return Set.of(TrunkKind.TRUNK, TrunkKind.DOMAIN);
    }

    @Override
    public SipTrunk create(TrunkRequest request) {
        if (request.limits() != null) {
            throw new UnsupportedFeature(client.id(), CREATE, "limits of a trunk", List.of("dialing permissions"));
        }
        AtomicBoolean mine = new AtomicBoolean();
        return commands.once(
                request.commandId(),
                request,
                () -> {
                    mine.set(true);
                    return make(request);
                },
                // Who made it has looked for it already.
                doubt -> {
                    throw mine.get() ? doubt.failure() : still(request, doubt.failure());
                });
    }

    @Override
    public Optional<SipTrunk> fetch(TrunkRef trunk) {
        if (is(TRUNK, trunk)) {
            return trunks.fetch("trunk.fetch", trunk.id());
        }
        return is(DOMAIN, trunk) ? domains.fetch("trunk.fetch", trunk.id()) : Optional.empty();
    }

    @Override
    public List<SipTrunk> list() {
        return Stream.concat(trunks.list("trunk.list").stream(), domains.list("trunk.list").stream())
                .toList();
    }

    @Override
    public void attach(TrunkRef trunk, PhoneNumber number) {
        String operation = "trunk.attach";
        if (is(DOMAIN, trunk)) {
            throw new UnsupportedFeature(
                    client.id(), operation, "a number of a DOMAIN", List.of("a number of a TRUNK"));
        }
        if (!is(TRUNK, trunk)) {
            throw notFound(operation, "no such trunk");
        }
        NumberAtCarrier owned = client.before(operation, () -> numbers.find(FIND_NUMBER, number))
                .orElseThrow(() -> notFound(operation, "the account does not own the number"));
        if (!trunk.id().equals(owned.trunkId())) {
            trunks.attach(operation, trunk.id(), owned.id());
        }
    }

    @Override
    public void detach(TrunkRef trunk, PhoneNumber number) {
        String operation = "trunk.detach";
        if (is(TRUNK, trunk)) {
            client.before(operation, () -> numbers.find(FIND_NUMBER, number))
                    .ifPresent(owned -> trunks.detach(operation, trunk.id(), owned.id()));
        }
    }

    @Override
    public void delete(TrunkRef trunk) {
        try {
            if (is(TRUNK, trunk)) {
                trunks.delete("trunk.delete", trunk.id());
            } else if (is(DOMAIN, trunk)) {
                domains.delete("trunk.delete", trunk.id());
            }
        } finally {
            commands.forget(made -> made.ref().equals(trunk));
        }
    }

    private SipTrunk make(TrunkRequest request) {
        return switch (request.kind()) {
            case TRUNK -> trunks.create(request);
            case DOMAIN -> domains.create(request);
        };
    }

    // What a broken-off creation left behind lacks parts, so it is told but never handed out as the trunk.
    private PstnException still(TrunkRequest request, PstnException lost) {
        String found;
        try {
            boolean there = request.kind() == TrunkKind.TRUNK
                    ? trunks.isThere(request.name())
                    : domains.isThere(request.name());
            found = there
                    ? "Twilio has what is left of it; delete it and give another command"
                    : "Twilio has none of this name now";
        } catch (PstnException e) {
            lost.addSuppressed(e);
            found = "and looking for it failed";
        }
        Failure facts = lost.failure();
        return new ProviderUnavailable(
                new Failure(
                        facts.provider(),
                        facts.operation(),
                        Effect.UNKNOWN,
                        facts.reason() + "; given again: " + found,
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                lost);
    }

    // An id that Twilio could not have given is one of a trunk that does not exist.
    private boolean is(String prefix, TrunkRef trunk) {
        return trunk.provider().equals(client.id()) && Sid.is(prefix, trunk.id());
    }

    private NotFound notFound(String operation, String reason) {
        return new NotFound(Failure.of(client.id(), operation, Effect.NONE, reason));
    }
}
