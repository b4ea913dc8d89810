package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link SipTrunkProfile} from properties: a dotted key for every part, such as {@code auth.mode} or {@code
 * endpoints.0.host}; lists also with commas where they hold plain values. Whatever is missing has its usual value. {@code preset}
 * names one of {@link SipTrunkPresets} to begin with. Immutable and thread-safe.
 */
public final class SipTrunkReader {
    private static final String E164 = "numbers in E.164 such as +14165550100";
    private static final String PREFIXES = "digits such as 1416";

    /**
     * Reads a profile.
     *
     * @throws InvalidProfile listing all problems: what is missing, cannot be read, contradicts itself, and every key that is not known
     */
    public SipTrunkProfile read(Properties properties) {
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return read(values);
    }

    /**
     * Reads a profile from keys and values, such as those of a flattened JSON object.
     *
     * @throws InvalidProfile listing all problems
     */
    public SipTrunkProfile read(Map<String, String> values) {
        ProfileFields fields = new ProfileFields(values);
        SipTrunkBuilder builder = draft(fields);
        List<String> problems = new ArrayList<>(fields.problems());
        // What could not be read is told once, not a second time as missing.
        builder.check().problems().stream()
                .filter(problem -> fields.problems().stream().noneMatch(known -> follows(key(problem), key(known))))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new InvalidProfile(fields.text("id", ""), problems);
        }
        return builder.build();
    }

    /** Whether a problem with one key may be there only because another one could not be read. */
    private static boolean follows(String key, String unread) {
        return unread.startsWith(key)
                || (unread.equals("pricing.model") && key.startsWith("pricing."))
                || (unread.equals("capacity.maxConcurrent")
                        && (key.startsWith("capacity.") || key.equals("pricing.channels")));
    }

    private static String key(String problem) {
        return problem.substring(0, problem.indexOf(':'));
    }

    private static SipTrunkBuilder draft(ProfileFields fields) {
        String id = fields.text("id", "");
        SipTrunkBuilder builder = SipTrunkPresets.named(fields, id);
        String name = fields.text("name");
        if (name != null) {
            builder.name(name);
        }
        String brand = fields.text("brand");
        if (brand != null) {
            builder.brand(brand);
        }
        for (int at : fields.indexes("endpoints")) {
            SipEndpoint server = endpoint(fields, "endpoints." + at);
            if (server != null) {
                builder.endpoint(server);
            }
        }
        if (fields.hasBelow("outboundProxy")) {
            builder.outboundProxy(endpoint(fields, "outboundProxy"));
        }
        if (fields.has("sources") || fields.hasBelow("sources")) {
            builder.sources(fields.ranges("sources"));
        }
        if (fields.hasBelow("auth")) {
            TrunkAuth auth = auth(fields);
            if (auth != null) {
                builder.auth(auth);
            }
        }
        builder.media(media(fields, builder.media()));
        builder.numbering(numbering(fields, builder.numbering()));
        if (fields.hasBelow("capacity")) {
            builder.capacity(capacity(fields));
        }
        TrunkPricing pricing = pricing(fields);
        builder.pricing(pricing);
        numbers(fields, builder, pricing.currency());
        builder.emergency(emergency(fields));
        builder.health(new TrunkHealth(
                fields.flag("health.optionsPing", TrunkHealth.USUAL.optionsPing()),
                fields.span("health.interval", TrunkHealth.USUAL.interval()),
                fields.span("health.timeout", TrunkHealth.USUAL.timeout())));
        return builder;
    }

    private static @Nullable SipEndpoint endpoint(ProfileFields fields, String key) {
        String host = fields.text(key + ".host");
        SipTransport transport = fields.word(key + ".transport", SipTransport.class, SipTransport.UDP);
        int port = fields.number(key + ".port", transport == SipTransport.TLS ? 5061 : 5060);
        int priority = fields.number(key + ".priority", 10);
        int weight = fields.number(key + ".weight", 10);
        if (host == null) {
            fields.problem(key + ".host", "is missing; expected a host name or IPv4 address");
            return null;
        }
        try {
            return new SipEndpoint(host, port, transport, priority, weight);
        } catch (IllegalArgumentException e) {
            fields.problem(key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable TrunkAuth auth(ProfileFields fields) {
        TrunkAuth.Mode mode = fields.word("auth.mode", TrunkAuth.Mode.class);
        String user = fields.text("auth.username");
        String authUser = fields.text("auth.authUsername");
        SecretRef secret = secret(fields);
        String realm = fields.text("auth.realm");
        String fromUser = fields.text("auth.fromUser");
        String fromDomain = fields.text("auth.fromDomain");
        String registrar = fields.text("auth.registrar");
        Duration expiry = fields.span("auth.registerExpiry", TrunkAuth.USUAL_EXPIRY);
        TrunkAuth.TechPrefix prefix = techPrefix(fields);
        List<IpRange> local = fields.ranges("auth.localAddresses");
        return mode == null
                ? null
                : new TrunkAuth(
                        mode, user, authUser, secret, realm, fromUser, fromDomain, registrar, expiry, prefix, local);
    }

    /** A text that is no reference may be the secret itself, so it is not repeated. */
    private static @Nullable SecretRef secret(ProfileFields fields) {
        String text = fields.text("auth.secret");
        try {
            return text == null ? null : new SecretRef(text);
        } catch (IllegalArgumentException e) {
            fields.problem("auth.secret", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static TrunkAuth.@Nullable TechPrefix techPrefix(ProfileFields fields) {
        String digits = fields.text("auth.techPrefix.digits");
        String delimiter = fields.text("auth.techPrefix.delimiter", "");
        try {
            return digits == null ? null : new TrunkAuth.TechPrefix(digits, delimiter);
        } catch (IllegalArgumentException e) {
            fields.problem("auth.techPrefix", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static TrunkMedia media(ProfileFields fields, TrunkMedia usual) {
        List<TrunkMedia.Codec> codecs = fields.list(
                "media.codecs",
                "some of " + List.of(TrunkMedia.Codec.values()),
                text -> TrunkMedia.Codec.valueOf(text.toUpperCase(Locale.ROOT)));
        boolean told = fields.has("media.codecs") || fields.hasBelow("media.codecs");
        Integer first = fields.number("media.rtpPorts.first");
        Integer last = fields.number("media.rtpPorts.last");
        TrunkMedia.PortRange ports = usual.rtpPorts();
        if (first != null && last != null) {
            try {
                ports = new TrunkMedia.PortRange(first, last);
            } catch (IllegalArgumentException e) {
                fields.problem("media.rtpPorts", String.valueOf(e.getMessage()));
            }
        } else if (first != null || last != null) {
            fields.problem("media.rtpPorts", "has only one end; expected first and last");
        }
        return new TrunkMedia(
                told ? codecs : usual.codecs(),
                fields.word("media.dtmf", TrunkMedia.Dtmf.class, usual.dtmf()),
                fields.word("media.srtp", TrunkMedia.Srtp.class, usual.srtp()),
                fields.word("media.keying", TrunkMedia.Keying.class, usual.keying()),
                fields.flag("media.t38", usual.t38()),
                fields.ranges("media.sources"),
                ports);
    }

    private static TrunkNumbering numbering(ProfileFields fields, TrunkNumbering usual) {
        return new TrunkNumbering(
                fields.word("numbering.dial", NumberFormat.class, usual.dial()),
                fields.text("numbering.prefix", usual.prefix()),
                fields.word("numbering.inbound", NumberFormat.class, usual.inbound()),
                fields.text("numbering.inboundStrip", usual.inboundStrip()),
                fields.word("numbering.callerId", NumberFormat.class, usual.callerId()),
                fields.word("numbering.callerIdHeader", TrunkNumbering.CallerIdHeader.class, usual.callerIdHeader()),
                fields.set("numbering.callerIds", E164, PhoneNumber::new),
                fields.flag("numbering.foreignCallerIds", usual.foreignCallerIds()),
                fields.flag("numbering.anonymous", usual.anonymous()));
    }

    private static TrunkCapacity capacity(ProfileFields fields) {
        return new TrunkCapacity(
                fields.number("capacity.maxConcurrent", 0),
                fields.number("capacity.maxInbound"),
                fields.number("capacity.maxOutbound"),
                fields.number("capacity.callsPerSecond"),
                fields.flag("capacity.forwardCountsTwice", false),
                fields.word("capacity.overflow", TrunkCapacity.Overflow.class, TrunkCapacity.Overflow.REJECT));
    }

    private static TrunkPricing pricing(ProfileFields fields) {
        TrunkPricing.Model model = fields.word("pricing.model", TrunkPricing.Model.class, TrunkPricing.Model.UNKNOWN);
        Currency currency = fields.as("pricing.currency", "an ISO 4217 code such as USD", Currency::getInstance);
        List<Rate> rates = new ArrayList<>();
        for (int at : fields.indexes("pricing.rates")) {
            Rate rate = rate(fields, "pricing.rates." + at);
            if (rate != null) {
                rates.add(rate);
            }
        }
        return new TrunkPricing(
                model,
                currency,
                fields.money("pricing.monthlyPerChannel", currency),
                fields.number("pricing.channels", 0),
                fields.money("pricing.monthlyForAccount", currency),
                fields.money("pricing.monthlyPerNumber", currency),
                fields.money("pricing.setupFee", currency),
                fields.set("pricing.includedPrefixes", PREFIXES, text -> text),
                fields.set("pricing.excludedPrefixes", PREFIXES, text -> text),
                fields.number("pricing.fairUseMinutesPerChannel"),
                rates,
                fields.instant("pricing.effectiveFrom"),
                fields.text("pricing.source", "config"));
    }

    private static @Nullable Rate rate(ProfileFields fields, String key) {
        String prefix = fields.text(key + ".prefix");
        String perMinute = fields.text(key + ".perMinute");
        int initial = fields.number(key + ".initialIncrement", 60);
        int further = fields.number(key + ".increment", 60);
        String fee = fields.text(key + ".connectFee", "0");
        if (prefix == null || perMinute == null) {
            fields.problem(key, "has no prefix or no perMinute; a rate needs both");
            return null;
        }
        try {
            RateBuilder rate = Rate.builder(prefix)
                    .perMinute(perMinute)
                    .increments(initial, further)
                    .connectionFee(fee);
            return rate.build();
        } catch (IllegalArgumentException e) {
            fields.problem(key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static void numbers(ProfileFields fields, SipTrunkBuilder builder, @Nullable Currency currency) {
        for (int at : fields.indexes("numbers")) {
            String key = "numbers." + at;
            PhoneNumber number = fields.phone(key + ".e164");
            String label = fields.text(key + ".label", "");
            Set<NumberFeature> features = fields.set(
                    key + ".features",
                    "some of " + List.of(NumberFeature.values()),
                    text -> NumberFeature.valueOf(text.toUpperCase(Locale.ROOT)));
            TrunkNumber read = number == null
                    ? null
                    : new TrunkNumber(
                            number,
                            label,
                            features.isEmpty() ? Set.of(NumberFeature.VOICE) : features,
                            fields.money(key + ".monthlyCost", currency),
                            fields.text(key + ".emergencyAddress"),
                            fields.text(key + ".inboundTarget"));
            if (read != null) {
                builder.number(read);
            } else if (!fields.has(key + ".e164")) {
                fields.problem(key + ".e164", "is missing; expected a number in E.164 such as +14165550100");
            }
        }
    }

    private static TrunkEmergency emergency(ProfileFields fields) {
        Map<String, PhoneNumber> callerIds = new LinkedHashMap<>();
        for (String site : fields.wordsBelow("emergency.callerIds")) {
            PhoneNumber number = fields.phone("emergency.callerIds." + site);
            if (number != null) {
                callerIds.put(site, number);
            }
        }
        return new TrunkEmergency(fields.flag("emergency.supported", false), callerIds);
    }
}
