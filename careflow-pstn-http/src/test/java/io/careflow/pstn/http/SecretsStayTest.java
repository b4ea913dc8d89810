package io.careflow.pstn.http;

import static io.careflow.pstn.http.RawServer.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.careflow.pstn.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Marked secrets in every place; then everything that was logged, thrown or printed is searched for them. */
class SecretsStayTest {
    private static final String PASSWORD = "mark-password-1";
    private static final String TOKEN = "mark-token-2";
    private static final String QUERY = "mark-query-3";
    private static final String FORM = "mark form 4";
    private static final String JSON = "mark-json-5";
    private static final String ANSWER = "mark-answer-6";
    private static final String SIP = "mark-sip-7";
    private static final String HEADER = "mark-header-8";
    private static final String PATH = "mark-path-9";
    private static final String LINK = "mark-link-10";

    private final Loopback loop = new Loopback();
    private final StringBuilder seen = new StringBuilder();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
    private final Level before = root.getLevel();
    private final Appender<ILoggingEvent> console = root.getAppender("console");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final java.util.logging.Logger julRoot = LogManager.getLogManager().getLogger("");
    private final java.util.logging.Level julBefore = julRoot.getLevel();
    private final List<java.util.logging.Logger> julLoggers = new ArrayList<>();
    private final JulCollector jul = new JulCollector();

    @BeforeEach
    void listen() {
        logged.start();
        root.setLevel(Level.TRACE);
        root.addAppender(logged);
        root.detachAppender(console);
        julRoot.addHandler(jul);
        julRoot.setLevel(java.util.logging.Level.ALL);
        for (String name : List.of(
                "okhttp3.OkHttpClient", "okhttp3.internal.http2.Http2", "okhttp3.internal.concurrent.TaskRunner")) {
            java.util.logging.Logger logger = java.util.logging.Logger.getLogger(name);
            logger.setLevel(java.util.logging.Level.ALL);
            julLoggers.add(logger); // held, or they are forgotten together with their level
        }
    }

    @AfterEach
    void stop() throws Exception {
        loop.close();
        root.detachAppender(logged);
        root.addAppender(console);
        root.setLevel(before);
        julRoot.removeHandler(jul);
        julRoot.setLevel(julBefore);
        julLoggers.forEach(logger -> logger.setLevel(null));
    }

    @Test
    @DisplayName("successes and every kind of failure leave no secret in logs, exceptions and texts")
    void nothing() throws Exception {
        String marked = "{\"message\":\"bad " + ANSWER + "\",\"note\":\"" + JSON + "\"}";
        List<RawServer> servers = new ArrayList<>(List.of(
                loop.serve(reply("200 OK", "X-Token: " + ANSWER + "\r\nSet-Cookie: s=" + ANSWER + "\r\n", marked)),
                loop.serve(reply("302 Go", "Location: http://127.0.0.1:1/" + ANSWER + "\r\n", marked)),
                loop.serve(ANSWER + " is no HTTP\r\n\r\n"),
                loop.serve("HTTP/1.1 " + ANSWER + " OK\r\n\r\n"),
                loop.serve("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + ANSWER + "\r\n"),
                loop.serve(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + ANSWER + "1234567"),
                loop.serve("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + ANSWER),
                loop.serve("HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER + "\r\n\r\n" + ANSWER),
                loop.serve(reply("200 OK", "", ANSWER.repeat(200))),
                loop.serve(reply("200 OK", "", "<html>" + ANSWER + "</html>")),
                loop.serve(""),
                loop.serve((number, out) -> {
                    out.write(("HTTP/1.1 200 OK\r\nX-Token: " + ANSWER + "\r\n").getBytes(UTF_8));
                    out.flush();
                    new CountDownLatch(1).await();
                })));
        for (int status : new int[] {400, 401, 402, 403, 404, 407, 408, 409, 421, 422, 429, 500, 503}) {
            servers.add(loop.serve(reply(
                    status + " " + ANSWER,
                    "Retry-After: " + ANSWER + "\r\nWWW-Authenticate: Basic realm=" + ANSWER + "\r\n",
                    marked)));
        }
        for (RawServer server : servers) {
            exercise(server);
        }
        RawServer gone = loop.serve("");
        gone.close();
        exercise(gone);

        assertThat(loop.observed).hasSizeGreaterThan(100);
        assertThat(logged.list).extracting(ILoggingEvent::getLoggerName).contains(HttpTransport.class.getName());
        assertThat(jul.lines).as("what OkHttp logs").isNotEmpty();
        String everything = everything();
        for (String secret : List.of(
                PASSWORD,
                TOKEN,
                QUERY,
                FORM,
                "mark+form+4",
                "mark%20form%204",
                JSON,
                ANSWER,
                SIP,
                HEADER,
                PATH,
                LINK,
                Base64.getEncoder().encodeToString(("user:" + PASSWORD).getBytes(UTF_8)))) {
            assertThat(everything).as("everything that could be read").doesNotContain(secret);
        }
        assertThat(everything).doesNotContainIgnoringCase("authorization");
    }

    @Test
    @DisplayName("the search would find what is logged: a secret planted there is seen")
    void theSearchSees() {
        LoggerFactory.getLogger("planted").trace("by slf4j {}", PASSWORD);
        julLoggers.get(0).finest("by java.util.logging " + TOKEN);
        seen.append(printed(new IllegalStateException("outer", new IllegalArgumentException(SIP))));

        assertThat(everything()).contains(PASSWORD).contains(TOKEN).contains(SIP);
    }

    private void exercise(RawServer server) throws Exception {
        HttpTransport basic = transport(server, b -> b);
        HttpTransport bearer = transport(server, b -> b.bearerAuth(Secret.of(TOKEN)));
        HttpTransport quoting = transport(
                server,
                b -> b.queryAuth("api_password", Secret.of(TOKEN))
                        .refusals(r -> new Refusal(
                                Refusal.Kind.BY_STATUS,
                                JSON,
                                "no: " + JSON + ", " + FORM + ", " + PASSWORD + TOKEN + QUERY + HEADER + SIP)));
        Json json = new Json();
        HttpCall get = HttpCall.of("thing.get", "GET", "things", PATH)
                .query("q", QUERY)
                .header("X-Note", HEADER);
        HttpCall form = HttpCall.of("thing.make", "POST", "things")
                .form("Text", FORM)
                .form("Sip", SIP)
                .query("q", QUERY)
                .header("X-Note", HEADER);
        HttpCall body = HttpCall.of("thing.json", "PUT", "things")
                .query("q", QUERY)
                .header("X-Note", HEADER)
                .body(
                        "application/json",
                        json.write(json.object()
                                .put("note", JSON)
                                .put("text", FORM)
                                .set("sip", json.object().put("password", SIP))));
        HttpCall page = HttpCall.page("thing.list", URI.create("http://127.0.0.1:1/" + LINK));
        for (HttpTransport transport : List.of(basic, bearer, quoting)) {
            // Only what was sent can be kept out of a carrier's sentence; so the quoting one sends everything.
            for (HttpCall call :
                    transport == quoting ? List.of(body) : List.of(get, form, body, form.idempotent(), page)) {
                note(call);
                note(catchThrowable(() -> {
                    HttpReply reply = transport.send(call);
                    note(reply);
                    note(reply.fields());
                    reply.fields().requireInteger("message");
                }));
                note(catchThrowable(() -> {
                    try (HttpDownload download = transport.open(call)) {
                        note(download);
                        download.copyTo(new ByteArrayOutputStream());
                    }
                }));
            }
            note(transport);
            note(transport.health());
        }
        basic.close();
        note(catchThrowable(() -> basic.send(get)));
    }

    private HttpTransport transport(RawServer server, UnaryOperator<HttpTransportBuilder> more) {
        return loop.transport(server, b -> {
            HttpTransportBuilder built = more.apply(b.basicAuth("user", Secret.of(PASSWORD))
                    .deadlines(Duration.ofSeconds(1), Duration.ofMillis(60), Duration.ofSeconds(2)));
            note(built);
            return built;
        });
    }

    private void note(Object thing) {
        seen.append(thing instanceof Throwable failure ? printed(failure) : String.valueOf(thing))
                .append('\n');
    }

    private String everything() {
        StringBuilder all = new StringBuilder(seen).append(jul.lines);
        logged.list.forEach(event -> all.append(event.getFormattedMessage())
                .append(event.getMDCPropertyMap())
                .append(event.getThreadName())
                .append(event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .append('\n'));
        return all.toString();
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** OkHttp logs by java.util.logging. */
    private static final class JulCollector extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final SimpleFormatter formatter = new SimpleFormatter();

        JulCollector() {
            setLevel(java.util.logging.Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(formatter.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
