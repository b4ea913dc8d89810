package io.careflow.pstn.guard;

import io.careflow.pstn.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;

/** Under what things are counted. Neither a tenant nor a user can name a key of another one. */
final class GuardKeys {
    private GuardKeys() {}

    static String user(TenantId tenant, String user) {
        return tenant.value() + "/" + plain(user) + "/";
    }

    static String tenant(TenantId tenant) {
        return tenant.value() + "/*/";
    }

    static String everybody() {
        return "*/*/";
    }

    static String hour(String base, Currency currency) {
        return base + "spend-hour/" + currency.getCurrencyCode();
    }

    static String day(String base, Currency currency, Instant now) {
        return base + "spend/" + currency.getCurrencyCode() + "/"
                + now.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    static String week(String base, Currency currency) {
        return base + "spend-week/" + currency.getCurrencyCode();
    }

    static String burning(String base, Currency currency) {
        return base + "burning/" + currency.getCurrencyCode();
    }

    /** Every key under which spend of this was counted. */
    static List<String> spend(GuardTicket ticket, Currency currency) {
        String user = user(ticket.tenant(), ticket.user());
        String tenant = tenant(ticket.tenant());
        return List.of(
                hour(user, currency),
                day(user, currency, ticket.takenAt()),
                hour(tenant, currency),
                day(tenant, currency, ticket.takenAt()));
    }

    static String frozen(TenantId tenant, String user) {
        return user(tenant, user) + "frozen";
    }

    static String shortCalls(TenantId tenant, String user) {
        return user(tenant, user) + "short";
    }

    /** A user's key may be long or hold anything; what would not fit or could be taken for another key is hashed. */
    static String plain(String user) {
        if (user.matches("[A-Za-z0-9._@+-]{1,60}")) {
            return user;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
            return "~" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
