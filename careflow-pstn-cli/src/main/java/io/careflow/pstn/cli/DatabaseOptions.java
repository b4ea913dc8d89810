package io.careflow.pstn.cli;

import io.careflow.pstn.Secret;
import io.careflow.pstn.jdbc.OperatorAccess;
import io.careflow.pstn.jdbc.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** The application's database. The password is no option and not in the URL: other users of the machine see those. */
final class DatabaseOptions {
    private static final Pattern POSTGRES = Pattern.compile("jdbc:postgresql:.+");
    private static final Pattern PASSWORD_INSIDE = Pattern.compile("password=|//[^/?]*@", Pattern.CASE_INSENSITIVE);
    private static final int CONNECT_SECONDS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = {
                "The application's PostgreSQL, such as jdbc:postgresql://db.example.org/careflow; else variable"
                        + " PSTN_DATABASE_URL or key database.url. User and password: variables PSTN_DATABASE_USER and"
                        + " PSTN_DATABASE_PASSWORD, or keys database.user and database.password."
            })
    private @Nullable String url;

    /** Whether a database is named anywhere. */
    boolean isNamed(Session session) {
        return url(session).isPresent();
    }

    /**
     * Opens its tables, changing nothing. Its password is not said from then on.
     *
     * @throws BadUsage if none is named, or not one that can be meant
     * @throws Answer if it cannot be used
     */
    OperatorAccess open(Session session) {
        PGSimpleDataSource source = source(session);
        return asking(() -> OperatorAccess.open(source, LIMIT));
    }

    /** Reads, or says why that is not possible. */
    static <T> T asking(java.util.function.Supplier<T> question) {
        try {
            return question.get();
        } catch (StoreException e) {
            throw Answer.failed(e.getMessage() + " (nothing was done)");
        }
    }

    private PGSimpleDataSource source(Session session) {
        String name = url(session)
                .orElseThrow(() -> new BadUsage("no database is named; give --database, the variable PSTN_DATABASE_URL"
                        + " or the key 'database.url' of the settings file"));
        if (PASSWORD_INSIDE.matcher(name).find()) {
            throw new BadUsage("the URL of the database has a password in it, which other users of the machine see;"
                    + " allowed are the variable PSTN_DATABASE_PASSWORD and the key 'database.password'");
        } else if (!POSTGRES.matcher(name).matches()) {
            throw new BadUsage(
                    "the URL of the database is not one of PostgreSQL; expected jdbc:postgresql://host/name");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(name);
        } catch (IllegalArgumentException e) {
            throw new BadUsage("the URL of the database cannot be read; expected jdbc:postgresql://host/name", e);
        }
        source.setApplicationName("pstn");
        source.setConnectTimeout(CONNECT_SECONDS);
        session.setting("database.user").ifPresent(source::setUser);
        session.setting("database.password")
                .map(password -> session.unsaid("database.password", Secret.of(password)))
                .ifPresent(password -> source.setPassword(password.reveal()));
        return source;
    }

    private Optional<String> url(Session session) {
        return Optional.ofNullable(url).or(() -> session.setting("database.url"));
    }
}
