package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Rollback;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.TrunkLimits;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Outbound voice profiles: where a trunk or an application may call, and how much that may cost
 * (https://developers.telnyx.com/api-reference/outbound-voice-profiles). Each thing that we make has one of its own. Thread-safe.
 */
final class VoiceProfiles {
    static final Currency CURRENCY = Currency.getInstance("USD");

    /** What Telnyx opens where nothing is said. We say it, so that it stays what it is. */
    private static final Set<String> USUAL = Set.of("CA", "US");

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final String PREFIX = "careflow-";

    private final TelnyxClient client;

    VoiceProfiles(TelnyxClient client) {
        this.client = client;
    }

    /** The name of the profile of one command, which nothing else has. */
    static String name(String kind, String name, String command) {
        return PREFIX + kind + "-" + name + "-" + Integer.toHexString(command.hashCode());
    }

    /**
     * Refuses limits that Telnyx cannot keep to, before anything is sent.
     *
     * @throws UnsupportedFeature for amounts in another currency than US dollars, and for calls to everywhere
     */
    void check(String operation, @Nullable TrunkLimits limits) {
        if (limits == null) {
            return;
        }
        if (limits.countries() == null) {
            throw new UnsupportedFeature(
                    client.id(), operation, "a limit without countries", List.of("a list of countries to be called"));
        }
        requireDollars(operation, limits.dailySpend());
        requireDollars(operation, limits.highestRate());
    }

    /** Makes a profile as a part of something larger; limits that are null are the usual countries. */
    Fields make(Rollback rollback, String operation, String name, @Nullable TrunkLimits limits) {
        ObjectNode body = client.object();
        body.put("name", name)
                .put("traffic_type", "conversational")
                .put("service_plan", "global")
                .put("usage_payment_method", "rate-deck")
                .put("enabled", true);
        TrunkLimits kept = limits == null ? new TrunkLimits(USUAL, null, null, null) : limits;
        write(body, kept, false);
        return rollback.unique(
                "outbound voice profile '" + name + "'",
                () -> client.data(client.with(HttpCall.of(operation, "POST", "outbound_voice_profiles"), body)),
                () -> named(operation, name),
                id -> delete(operation, id));
    }

    /** Sets all limits of a profile anew, and gives it as it is then. */
    Fields limit(String operation, String id, TrunkLimits limits) {
        ObjectNode body = client.object();
        write(body, limits, true);
        return client.data(client.with(HttpCall.of(operation, "PATCH", "outbound_voice_profiles", id), body));
    }

    Optional<Fields> find(String operation, String id) {
        return client.find(HttpCall.of(operation, "GET", "outbound_voice_profiles", id));
    }

    /** All profiles of the account by their ids. */
    Map<String, Fields> all(String operation) {
        Map<String, Fields> all = new TreeMap<>();
        client.pages(
                HttpCall.of(operation, "GET", "outbound_voice_profiles"),
                250,
                profile -> all.put(profile.requireText("id"), profile));
        return all;
    }

    /** Deletes a profile. One that does not exist is no error. */
    void delete(String operation, String id) {
        try {
            client.send(HttpCall.of(operation, "DELETE", "outbound_voice_profiles", id));
        } catch (NotFound e) {
            // Gone already.
        }
    }

    /** Whether we made it for one thing, and nothing uses it that the thing itself does not account for. */
    static boolean isOurs(Fields profile, int users) {
        return profile.text("name").orElse("").startsWith(PREFIX)
                && profile.integer("connections_count").orElse(users) <= users;
    }

    /** What the profile allows; null if it names no country. */
    static @Nullable TrunkLimits limits(@Nullable Fields profile) {
        if (profile == null) {
            return null;
        }
        Set<String> countries = new TreeSet<>();
        profile.texts("whitelisted_destinations").stream()
                .filter(code -> COUNTRY.matcher(code).matches())
                .forEach(countries::add);
        if (countries.isEmpty()) {
            return null;
        }
        boolean capped = profile.bool("daily_spend_limit_enabled").orElse(false);
        return new TrunkLimits(
                countries,
                capped ? positive(profile, "daily_spend_limit") : null,
                positive(profile, "max_destination_rate"),
                calls(profile));
    }

    /** What else is to be known of it: above all, which limits are missing. */
    static Map<String, String> details(@Nullable Fields profile) {
        Map<String, String> details = new TreeMap<>();
        if (profile == null) {
            details.put("warning.outbound", "no outbound voice profile: Telnyx refuses every call (D38)");
            return details;
        }
        details.put("outbound_voice_profile_id", profile.requireText("id"));
        details.put("outbound_voice_profile_enabled", profile.text("enabled").orElse("true"));
        TrunkLimits limits = limits(profile);
        if (limits == null) {
            details.put("warning.countries", "the outbound voice profile names no country");
        }
        if (limits == null || limits.dailySpend() == null) {
            details.put("warning.daily-spend", "no limit: who steals the credential can spend the whole balance");
        }
        if (limits == null || limits.highestRate() == null) {
            details.put("warning.highest-rate", "no limit: the dearest destinations of the countries are open");
        }
        return details;
    }

    private List<Fields> named(String operation, String name) {
        return client
                .all(
                        HttpCall.of(operation, "GET", "outbound_voice_profiles").query("filter[name][contains]", name),
                        250)
                .stream()
                .filter(profile -> profile.text("name").orElse("").equals(name))
                .toList();
    }

    private static void write(ObjectNode body, TrunkLimits limits, boolean anew) {
        ArrayNode countries = body.putArray("whitelisted_destinations");
        if (limits.countries() != null) {
            new TreeSet<>(limits.countries()).forEach(countries::add);
        }
        Money daily = limits.dailySpend();
        body.put("daily_spend_limit_enabled", daily != null);
        if (daily != null) {
            body.put("daily_spend_limit", daily.amount().toPlainString());
        }
        Money rate = limits.highestRate();
        if (rate != null) {
            // A number here, though amounts are texts elsewhere.
            body.put("max_destination_rate", new BigDecimal(rate.amount().toPlainString()));
        } else if (anew) {
            body.putNull("max_destination_rate");
        }
        if (limits.concurrentCalls() != null || anew) {
            body.put("concurrent_call_limit", limits.concurrentCalls());
        }
    }

    private void requireDollars(String operation, @Nullable Money money) {
        if (money != null && !money.currency().equals(CURRENCY)) {
            throw new UnsupportedFeature(
                    client.id(),
                    operation,
                    "a limit in " + money.currency().getCurrencyCode(),
                    List.of("limits in " + CURRENCY.getCurrencyCode()));
        }
    }

    private static @Nullable Money positive(Fields profile, String name) {
        return profile.money(name, CURRENCY).filter(money -> money.signum() > 0).orElse(null);
    }

    private static @Nullable Integer calls(Fields profile) {
        int calls = profile.integer("concurrent_call_limit").orElse(0);
        return calls > 0 ? calls : null;
    }
}
