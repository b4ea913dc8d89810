package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** SIP trunks and domains of an in-memory provider. No SIP is spoken. */
final class MemoryTrunks implements TrunkControl {
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int PASSWORD_LENGTH = 24;

    private final ProviderId provider;
    private final MemoryLine line;
    private final MemoryNumbers numbers;
    private final RandomGenerator random;
    private final Map<String, SipTrunk> trunks;
    private final Once<TrunkRequest, SipTrunk> made = new Once<>();
    private int ids;

    MemoryTrunks(
            ProviderId provider,
            MemoryLine line,
            MemoryNumbers numbers,
            Map<String, SipTrunk> trunks,
            RandomGenerator random) {
        this.provider = provider;
        this.line = line;
        this.numbers = numbers;
        this.trunks = trunks;
        this.random = random;
    }

    @Override
    public Set<TrunkKind> kinds() {
        return Set.of(TrunkKind.TRUNK, TrunkKind.DOMAIN);
    }

    @Override
    public SipTrunk create(TrunkRequest request) {
        request.options().keySet().stream().findFirst().ifPresent(option -> {
            throw unsupported("option '" + option.name() + "'", List.of("no options"));
        });
        if (request.kind() == TrunkKind.TRUNK && request.registration()) {
            throw unsupported("registration at a TRUNK", List.of("registration at a DOMAIN"));
        }
        return line.write(
                Operation.TRUNK_CREATE,
                request,
                () -> made.run(
                        request.commandId(),
                        request,
                        () -> line.nothing(
                                Operation.TRUNK_CREATE, "command '" + request.commandId() + "' was another request"),
                        () -> make(request)));
    }

    @Override
    public Optional<SipTrunk> fetch(TrunkRef trunk) {
        return line.read(Operation.TRUNK_FETCH, () -> ours(trunk).map(this::shown));
    }

    @Override
    public List<SipTrunk> list() {
        return line.read(
                Operation.TRUNK_LIST,
                () -> trunks.values().stream().map(this::shown).toList());
    }

    @Override
    public void attach(TrunkRef trunk, PhoneNumber number) {
        line.write(Operation.TRUNK_ATTACH, List.of(trunk, number), () -> {
            SipTrunk found = ours(trunk)
                    .orElseThrow(() ->
                            new NotFound(line.nothing(Operation.TRUNK_ATTACH, "trunk " + trunk + " does not exist")));
            numbers.attach(number, found.ref().id());
        });
    }

    @Override
    public void detach(TrunkRef trunk, PhoneNumber number) {
        line.write(Operation.TRUNK_DETACH, List.of(trunk, number), () -> numbers.detach(number, trunk.id()));
    }

    @Override
    public void limit(TrunkRef trunk, TrunkLimits limits) {
        line.write(Operation.TRUNK_LIMIT, List.of(trunk, limits), () -> {
            SipTrunk found = ours(trunk)
                    .orElseThrow(() ->
                            new NotFound(line.nothing(Operation.TRUNK_LIMIT, "trunk " + trunk + " does not exist")));
            trunks.put(found.ref().id(), limited(found, limits));
        });
    }

    @Override
    public void delete(TrunkRef trunk) {
        line.write(
                Operation.TRUNK_DELETE,
                trunk,
                () -> ours(trunk).ifPresent(found -> {
                    numbers.onTrunk(found.ref().id())
                            .forEach(
                                    number -> numbers.detach(number, found.ref().id()));
                    trunks.remove(found.ref().id());
                    made.forget(before -> before.ref().equals(found.ref()));
                }));
    }

    private SipTrunk make(TrunkRequest request) {
        if (trunks.values().stream().anyMatch(trunk -> trunk.name().equals(request.name()))) {
            throw new Conflict(line.nothing(Operation.TRUNK_CREATE, "trunk name '" + request.name() + "' is taken"));
        }
        TrunkRef ref = new TrunkRef(provider, "trunk-" + ++ids);
        SipTrunk trunk = new SipTrunk(
                ref,
                request.kind(),
                request.name(),
                List.of(SipEndpoint.of("sip.memory.example")
                        .over(request.secure() ? SipTransport.TLS : SipTransport.UDP)),
                request.inbound(),
                credentials(request),
                request.allowed(),
                List.of(),
                request.secure(),
                request.registration(),
                List.of(),
                request.limits(),
                request.kind() == TrunkKind.DOMAIN
                        ? Map.of("domain", request.name() + ".sip.memory.example")
                        : Map.of());
        trunks.put(ref.id(), trunk);
        return trunk;
    }

    private List<SipCredential> credentials(TrunkRequest request) {
        if (request.credentials().isEmpty() && request.allowed().isEmpty()) {
            return List.of(new SipCredential(request.name(), password()));
        }
        return request.credentials().stream()
                .map(given -> given.password() == null ? new SipCredential(given.username(), password()) : given)
                .toList();
    }

    private Secret password() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return Secret.of(text.toString());
    }

    private Optional<SipTrunk> ours(TrunkRef trunk) {
        return trunk.provider().equals(provider) ? Optional.ofNullable(trunks.get(trunk.id())) : Optional.empty();
    }

    /** Passwords are told once, when the trunk is made. */
    private SipTrunk shown(SipTrunk trunk) {
        return new SipTrunk(
                trunk.ref(),
                trunk.kind(),
                trunk.name(),
                trunk.outbound(),
                trunk.inbound(),
                trunk.credentials().stream()
                        .map(credential -> new SipCredential(credential.username(), null))
                        .toList(),
                trunk.allowed(),
                trunk.sources(),
                trunk.secure(),
                trunk.registration(),
                numbers.onTrunk(trunk.ref().id()),
                trunk.limits(),
                trunk.details());
    }

    private static SipTrunk limited(SipTrunk trunk, TrunkLimits limits) {
        return new SipTrunk(
                trunk.ref(),
                trunk.kind(),
                trunk.name(),
                trunk.outbound(),
                trunk.inbound(),
                trunk.credentials(),
                trunk.allowed(),
                trunk.sources(),
                trunk.secure(),
                trunk.registration(),
                trunk.numbers(),
                limits,
                trunk.details());
    }

    private UnsupportedFeature unsupported(String feature, List<String> supported) {
        return new UnsupportedFeature(provider, Operation.TRUNK_CREATE.toString(), feature, supported);
    }
}
