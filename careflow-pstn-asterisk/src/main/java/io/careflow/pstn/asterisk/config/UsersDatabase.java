package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The table of users in PostgreSQL, read at every registration and call: a new user needs no new configuration. The columns are
 * those of the application; see {@code UsersTable} of careflow-pstn-jdbc for the same table. A value.
 *
 * @param host name or address of the database server
 * @param port 1 to 65535
 * @param database name of the database
 * @param user a role that may read this table and nothing else
 * @param password of that role; letters, digits and {@code . _ ~ -}, as it is part of a URL
 * @param table name, with its schema before a dot unless it is on the search path
 * @param userColumn the name to register with
 * @param passwordColumn password, or its digest
 * @param digest whether the column holds HA1, the MD5 in lower-case hexadecimal of {@code name:domain:password}, which is better
 *     than passwords themselves
 */
public record UsersDatabase(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        String table,
        String userColumn,
        String passwordColumn,
        boolean digest) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern TABLE =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.)?[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9._~-]{0,128}");

    /** Checks all names; the password is never in a message. */
    public UsersDatabase {
        match("database host", host, HOST, "a host name or an IPv4 address");
        match("database", database, NAME, "letters, digits and underscores");
        match("database user", user, NAME, "letters, digits and underscores");
        match("users table", table, TABLE, "letters, digits and underscores, with one dot at most");
        match("user column", userColumn, NAME, "letters, digits and underscores");
        match("password column", passwordColumn, NAME, "letters, digits and underscores");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("database port is " + port + "; allowed are 1 to 65535");
        }
        Objects.requireNonNull(password, "password");
        if (!PASSWORD.matcher(password.reveal()).matches()) {
            throw new IllegalArgumentException("password of database user " + user
                    + " has characters that are not allowed in its place; allowed are letters, digits and . _ ~ -");
        }
    }

    String url() {
        String secret = password.reveal();
        return "postgres://" + user + (secret.isEmpty() ? "" : ":" + secret) + "@" + host + ":" + port + "/" + database;
    }

    private static void match(String field, String value, Pattern allowed, String expected) {
        if (!allowed.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " is '" + SafeText.shown(value) + "'; expected " + expected);
        }
    }
}
