package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything that a profile must keep; all of it is looked at, whatever is wrong before. Auth and capacity are null if missing. */
record ProfileCheck(
        String id,
        String name,
        String brand,
        List<SipEndpoint> endpoints,
        @Nullable SipEndpoint outboundProxy,
        List<IpRange> sources,
        @Nullable TrunkAuth auth,
        TrunkMedia media,
        TrunkNumbering numbering,
        @Nullable TrunkCapacity capacity,
        TrunkPricing pricing,
        List<TrunkNumber> numbers,
        TrunkEmergency emergency,
        TrunkHealth health) {
    private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{0,80}");
    private static final Pattern USER = Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9._+-]{1,64}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");
    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern DIAL = Pattern.compile("[0-9*#]{0,16}");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,18}");
    // Servers that guides name and the carrier does not have.
    private static final Set<String> WRONG_HOSTS = Set.of("nyc.voip.ms", "voip.ms", "www.voip.ms", "sip.voip.ms");
    private static final int WIDEST = 8;

    /** All problems, each beginning with the key that it is about. */
    List<String> problems() {
        List<String> found = new ArrayList<>();
        String ids = "1 to 40 lower-case letters, digits and inner dashes, starting with a letter";
        if (id.isEmpty()) {
            found.add("id: is missing; expected " + ids);
        } else {
            match(found, "id", id, ID, ids);
        }
        match(found, "name", name, TEXT, "at most 80 characters, none of them a control character");
        match(found, "brand", brand, TEXT, "at most 80 characters, none of them a control character");
        if (name.isBlank()) {
            found.add("name: is blank; expected what people call the trunk");
        }
        checkServers(found);
        if (auth == null) {
            found.add("auth.mode: is missing; allowed are REGISTER, DIGEST_NO_REGISTER, IP and IP_WITH_TECH_PREFIX");
        } else {
            checkAuth(found, auth);
        }
        checkMedia(found);
        checkNumbering(found);
        if (capacity == null) {
            found.add("capacity.maxConcurrent: is missing; expected how many calls may go at once");
        } else {
            checkCapacity(found, capacity);
        }
        checkNumbers(found);
        checkPricing(found);
        checkRest(found);
        return List.copyOf(found);
    }

    private void checkServers(List<String> found) {
        if (endpoints.isEmpty()) {
            found.add("endpoints: are missing; expected at least one server of the carrier");
        }
        Set<String> seen = new HashSet<>();
        for (SipEndpoint server : endpoints) {
            String host = server.host().toLowerCase(Locale.ROOT);
            checkHost(found, "endpoints", server);
            if (!seen.add(host + ":" + server.port() + "/" + server.transport())) {
                found.add("endpoints: " + server.host() + ":" + server.port() + " is there twice");
            }
        }
        if (outboundProxy != null) {
            checkHost(found, "outboundProxy", outboundProxy);
        }
        for (IpRange range : sources) {
            checkNotOpen(found, "sources", range);
        }
    }

    private static void checkHost(List<String> found, String key, SipEndpoint server) {
        if (WRONG_HOSTS.contains(server.host().toLowerCase(Locale.ROOT))) {
            found.add(key + ": " + server.host()
                    + " is no SIP server of VoIP.ms; its servers are named like newyork1.voip.ms");
        }
        if (server.transport() == SipTransport.TLS && server.port() == 5060) {
            found.add(key + ": " + server.host()
                    + " has TLS on port 5060, where plain SIP is spoken; TLS is usually on 5061");
        }
        if (server.transport() != SipTransport.TLS && server.port() == 5061) {
            found.add(
                    key + ": " + server.host() + " has " + server.transport() + " on port 5061, which is that of TLS");
        }
    }

    private static void checkAuth(List<String> found, TrunkAuth auth) {
        boolean digest = auth.mode().isDigest();
        if (digest && auth.username() == null) {
            found.add("auth.username: is missing; " + auth.mode() + " needs one");
        }
        if (digest && auth.secret() == null) {
            found.add("auth.secret: is missing; " + auth.mode()
                    + " needs a reference such as env:NAME_OF_VARIABLE or file:/path");
        }
        if (!digest && auth.secret() != null) {
            found.add("auth.secret: is not used by " + auth.mode()
                    + "; leave it out, or use REGISTER or DIGEST_NO_REGISTER");
        }
        if (!digest && auth.localAddresses().isEmpty()) {
            found.add("auth.localAddresses: are missing; " + auth.mode()
                    + " needs our public addresses, as the carrier was told them");
        }
        boolean prefixed = auth.mode() == TrunkAuth.Mode.IP_WITH_TECH_PREFIX;
        if (prefixed != (auth.techPrefix() != null)) {
            found.add("auth.techPrefix: " + (prefixed ? "is missing with" : "is there without")
                    + " mode IP_WITH_TECH_PREFIX");
        }
        String user = "1 to 64 letters, digits, '.', '_', '-' and '+', with a letter or digit among them";
        match(found, "auth.username", auth.username(), USER, user);
        match(found, "auth.authUsername", auth.authUsername(), USER, user);
        match(found, "auth.fromUser", auth.fromUser(), USER, user);
        match(found, "auth.realm", auth.realm(), REALM, "1 to 100 letters, digits, '.', '_' and '-'");
        match(found, "auth.fromDomain", auth.fromDomain(), HOST, "a host name or IPv4 address");
        match(found, "auth.registrar", auth.registrar(), HOST, "a host name or IPv4 address");
        within(found, "auth.registerExpiry", auth.registerExpiry(), 60, 3600);
        for (IpRange range : auth.localAddresses()) {
            checkNotOpen(found, "auth.localAddresses", range);
        }
    }

    private void checkMedia(List<String> found) {
        if (media.codecs().isEmpty()) {
            found.add("media.codecs: are missing; expected at least one");
        }
        if (new HashSet<>(media.codecs()).size() < media.codecs().size()) {
            found.add("media.codecs: name one twice");
        }
        for (IpRange range : media.sources()) {
            checkNotOpen(found, "media.sources", range);
        }
    }

    private void checkNumbering(List<String> found) {
        match(found, "numbering.prefix", numbering.prefix(), DIAL, "at most 16 of 0-9, * and #");
        match(found, "numbering.inboundStrip", numbering.inboundStrip(), DIAL, "at most 16 of 0-9, * and #");
        Set<PhoneNumber> own = new HashSet<>();
        numbers.forEach(number -> own.add(number.number()));
        for (PhoneNumber shown : sorted(numbering.callerIds())) {
            if (!numbering.foreignCallerIds() && !own.contains(shown)) {
                found.add("numbering.callerIds: " + shown + " is no number of the trunk;"
                        + " numbers that the carrier has verified need numbering.foreignCallerIds");
            }
            try {
                String unused = numbering.callerId().write(shown);
            } catch (IllegalArgumentException e) {
                found.add("numbering.callerIds: " + e.getMessage());
            }
        }
    }

    private static void checkCapacity(List<String> found, TrunkCapacity capacity) {
        int all = capacity.maxConcurrent();
        if (all < 1) {
            found.add("capacity.maxConcurrent: is " + all + "; allowed are 1 and more");
        }
        checkPart(found, "capacity.maxInbound", capacity.maxInbound(), all);
        checkPart(found, "capacity.maxOutbound", capacity.maxOutbound(), all);
        Integer rate = capacity.callsPerSecond();
        if (rate != null && rate < 1) {
            found.add("capacity.callsPerSecond: is " + rate + "; allowed are 1 and more");
        }
    }

    private static void checkPart(List<String> found, String key, @Nullable Integer part, int all) {
        if (part != null && (part < 0 || part > all)) {
            found.add(key + ": is " + part + "; allowed are 0 to capacity.maxConcurrent, which is " + all);
        }
    }

    private void checkNumbers(List<String> found) {
        Set<PhoneNumber> seen = new HashSet<>();
        for (TrunkNumber each : numbers) {
            PhoneNumber number = each.number();
            if (!seen.add(number)) {
                found.add("numbers: " + number + " is there twice");
            }
            match(found, "numbers: label of " + number, each.label(), TEXT, "at most 80 characters of one line");
            match(
                    found,
                    "numbers: target of " + number,
                    each.inboundTarget(),
                    TEXT,
                    "at most 80 characters of one line");
            notNegative(found, "numbers: monthly of " + number, each.monthly());
            sameCurrency(found, "numbers: monthly of " + number, each.monthly());
        }
    }

    private void checkPricing(List<String> found) {
        boolean channels =
                pricing.model() == TrunkPricing.Model.FLAT_PER_CHANNEL || pricing.model() == TrunkPricing.Model.HYBRID;
        boolean account = pricing.model() == TrunkPricing.Model.FLAT_ACCOUNT;
        if (pricing.model() != TrunkPricing.Model.UNKNOWN && pricing.currency() == null) {
            found.add("pricing.currency: is missing; " + pricing.model() + " needs one");
        }
        if (pricing.source().endsWith("...")) {
            found.add("pricing.source: is '" + Texts.shown(pricing.source())
                    + "', which was to be filled in; expected where the prices are from");
        }
        required(found, "pricing.monthlyPerChannel", channels, pricing.monthlyPerChannel());
        required(found, "pricing.monthlyForAccount", account, pricing.monthlyForAccount());
        if (channels && capacity != null && pricing.channels() != capacity.maxConcurrent()) {
            found.add("pricing.channels: are " + pricing.channels() + ", but capacity.maxConcurrent is "
                    + capacity.maxConcurrent() + "; a flat rate pays as many channels as calls go at once");
        }
        if (!channels && pricing.channels() != 0) {
            found.add("pricing.channels: are not paid by " + pricing.model());
        }
        boolean flat = channels || account;
        if (flat == pricing.includedPrefixes().isEmpty()) {
            found.add("pricing.includedPrefixes: "
                    + (flat ? "are missing; expected the digits where calls cost nothing more" : "are not included by ")
                    + (flat ? "" : pricing.model()));
        }
        for (String prefix : sorted(pricing.includedPrefixes())) {
            match(found, "pricing.includedPrefixes", prefix, PREFIX, "1 to 18 digits");
            if (pricing.excludedPrefixes().contains(prefix)) {
                found.add("pricing.excludedPrefixes: " + prefix + " is both included and excluded");
            }
        }
        for (String prefix : sorted(pricing.excludedPrefixes())) {
            match(found, "pricing.excludedPrefixes", prefix, PREFIX, "1 to 18 digits");
        }
        if (pricing.model() == TrunkPricing.Model.UNKNOWN && !pricing.rates().isEmpty()) {
            found.add("pricing.rates: are there, but pricing.model is UNKNOWN; expected METERED or HYBRID");
        }
        Set<String> seen = new HashSet<>();
        for (Rate rate : pricing.rates()) {
            if (!seen.add(rate.prefix() + "/" + rate.effectiveFrom())) {
                found.add("pricing.rates: prefix " + rate.prefix() + " is there twice");
            }
        }
        Integer fair = pricing.fairUseMinutesPerChannel();
        if (fair != null && (fair < 1 || !flat)) {
            found.add("pricing.fairUseMinutesPerChannel: is " + fair + "; allowed are 1 and more, with a flat rate");
        }
        for (Priced amount : List.of(
                new Priced("pricing.monthlyPerChannel", pricing.monthlyPerChannel()),
                new Priced("pricing.monthlyForAccount", pricing.monthlyForAccount()),
                new Priced("pricing.monthlyPerNumber", pricing.monthlyPerNumber()),
                new Priced("pricing.setupFee", pricing.setupFee()))) {
            notNegative(found, amount.key, amount.money);
            sameCurrency(found, amount.key, amount.money);
        }
    }

    private void checkRest(List<String> found) {
        Set<PhoneNumber> own = new HashSet<>();
        numbers.forEach(number -> own.add(number.number()));
        for (String site : sorted(emergency.callerIds().keySet())) {
            PhoneNumber shown = emergency.callerIds().get(site);
            if (!own.contains(shown)) {
                found.add("emergency.callerIds: " + shown + " of site '" + Texts.shown(site)
                        + "' is no number of the trunk, so no address is registered for it");
            }
        }
        if (!emergency.supported() && !emergency.callerIds().isEmpty()) {
            found.add("emergency.callerIds: are there, but emergency.supported is false");
        }
        within(found, "health.interval", health.interval(), 10, 3600);
        within(found, "health.timeout", health.timeout(), 1, 30);
    }

    private static void checkNotOpen(List<String> found, String key, IpRange range) {
        if (range.prefixLength() < WIDEST) {
            found.add(key + ": " + range + " lets nearly everybody in; allowed are prefix lengths of " + WIDEST
                    + " to 32");
        }
    }

    private static void match(
            List<String> found, String key, @Nullable String value, Pattern allowed, String expected) {
        if (value != null && !allowed.matcher(value).matches()) {
            found.add(key + ": is '" + Texts.shown(value) + "'; expected " + expected);
        }
    }

    private static void within(List<String> found, String key, Duration value, int least, int most) {
        if (value.toMillis() < least * 1000L || value.toMillis() > most * 1000L) {
            found.add(key + ": is " + value + "; allowed are " + least + " to " + most + " seconds");
        }
    }

    private void required(List<String> found, String key, boolean needed, @Nullable Money amount) {
        if (needed && amount == null) {
            found.add(key + ": is missing; " + pricing.model() + " needs it");
        }
        if (!needed && amount != null) {
            found.add(key + ": is not paid by " + pricing.model());
        }
    }

    private static void notNegative(List<String> found, String key, @Nullable Money amount) {
        if (amount != null && amount.signum() < 0) {
            found.add(key + ": is " + amount + "; what we pay is written without a sign");
        }
    }

    private void sameCurrency(List<String> found, String key, @Nullable Money amount) {
        if (amount != null && pricing.currency() != null && !amount.currency().equals(pricing.currency())) {
            found.add(key + ": is in " + amount.currency() + ", but pricing.currency is " + pricing.currency());
        }
    }

    private static <T> List<T> sorted(Collection<T> values) {
        return values.stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
    }

    private record Priced(String key, @Nullable Money money) {}
}
