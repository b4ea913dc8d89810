package io.careflow.pstn.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A database of the user's ({@code --jdbc-url}), where the demo makes a schema of its own and touches nothing else. */
final class BorrowedDatabase {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

    private final String url;
    private final String user;
    private final String password;
    private final String schema;

    private BorrowedDatabase(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.schema = "careflow_demo_" + STAMP.format(LocalDateTime.now(ZoneOffset.UTC)) + "_"
                + ProcessHandle.current().pid();
    }

    static BorrowedDatabase of(String url, @Nullable String user, @Nullable String password) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new Broken("--jdbc-url to be like jdbc:postgresql://host:5432/database", "something else");
        }
        return new BorrowedDatabase(
                url,
                Optional.ofNullable(user).or(() -> parameter(url, "user")).orElse(System.getProperty("user.name")),
                Optional.ofNullable(password)
                        .or(() -> parameter(url, "password"))
                        .orElse(""));
    }

    private static Optional<String> parameter(String url, String name) {
        Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
        return matcher.find()
                ? Optional.of(URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    String schema() {
        return schema;
    }

    /** The address without its parameters, among which a password may be. */
    String shown() {
        return url.replaceFirst("\\?.*", "");
    }

    DemoDatabase create() {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new Broken("to make a schema in " + shown() + " as user " + user, String.valueOf(e.getMessage()), e);
        }
        String plain = url.replaceAll("currentSchema=[^&]*&?", "").replaceFirst("[?&]$", "");
        return new DemoDatabase(
                null, plain + (plain.contains("?") ? "&" : "?") + "currentSchema=" + schema, user, password);
    }
}
