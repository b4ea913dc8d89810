package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.http.SettingsCheck;
import io.careflow.pstn.http.Sleeper;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link VoipMsProvider}. Not thread-safe.
 *
 * <pre>{@code
 * VoipMsProvider voipms = VoipMsProvider.with("telephony@example.org", Secret.env("VOIPMS_API_PASSWORD")).build();
 * }</pre>
 */
public final class VoipMsBuilder {
    private static final URI API = URI.create("https://voip.ms/api/v1/rest.php");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");

    private final String username;
    private final Secret apiPassword;
    private String id = "voipms";
    private URI baseUrl = API;
    private @Nullable String server;
    private Duration connecting = Duration.ofSeconds(10);
    private Duration silence = Duration.ofSeconds(30);
    private Duration whole = Duration.ofSeconds(30);
    private Duration slowWrite = Duration.ofMinutes(2);
    private PstnObserver observer = PstnObserver.none();
    private Limits limits = Limits.defaults().rate(new Limits.Rate(5, Duration.ofSeconds(5), Duration.ofSeconds(30)));
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = Sleeper.system();
    private RandomGenerator random = new SecureRandom();
    private VoipMsClock recordClock = VoipMsClock.newYork();
    private LongText longTexts = LongText.REFUSE;
    private Route pricedRoute = Route.VALUE;
    private @Nullable Secret webhookToken;
    private @Nullable URI webhookUrl;
    private Consumer<? super PstnEvent> telling = event -> {};

    VoipMsBuilder(String username, Secret apiPassword) {
        this.username = Objects.requireNonNull(username, "username");
        this.apiPassword = Objects.requireNonNull(apiPassword, "apiPassword");
    }

    /** The provider's id; {@code voipms} unless set. */
    public VoipMsBuilder id(String value) {
        id = Objects.requireNonNull(value, "id");
        return this;
    }

    /**
     * Where the API is, its script included; {@code https://voip.ms/api/v1/rest.php} unless set. It is sent user and password.
     * Never the host {@code www.voip.ms}, which redirects, so that what is sent to it gets lost.
     */
    public VoipMsBuilder baseUrl(URI value) {
        baseUrl = Objects.requireNonNull(value, "base URL");
        return this;
    }

    /**
     * The server that the PBX registers at, such as {@code toronto1.voip.ms}: new numbers are tied to it, and it is the first
     * of a trunk's servers. Unless set, the first that VoIP.ms recommends.
     */
    public VoipMsBuilder server(String hostName) {
        server = Objects.requireNonNull(hostName, "server");
        return this;
    }

    /**
     * Deadlines of one attempt of a request; 10, 30 and 30 seconds unless set.
     *
     * @param toConnect for the TCP and TLS handshakes
     * @param ofSilence between two bytes
     * @param ofAll from start to the last byte
     */
    public VoipMsBuilder deadlines(Duration toConnect, Duration ofSilence, Duration ofAll) {
        connecting = Objects.requireNonNull(toConnect, "deadline");
        silence = Objects.requireNonNull(ofSilence, "deadline");
        whole = Objects.requireNonNull(ofAll, "deadline");
        return this;
    }

    /**
     * Deadline of a request that changes something, also for its silence; 120 seconds unless set. VoIP.ms was seen to take 48
     * seconds for a change of a sub-account, and to carry out what nobody waits for any longer.
     */
    public VoipMsBuilder writesWithin(Duration value) {
        slowWrite = Objects.requireNonNull(value, "deadline");
        return this;
    }

    /** Is told of every request. */
    public VoipMsBuilder observer(PstnObserver value) {
        observer = Objects.requireNonNull(value, "observer");
        return this;
    }

    /**
     * What the account may be asked at once and in a time, and when it counts as failing; {@link Limits#defaults} with five
     * requests in five seconds unless set. VoIP.ms does not say how many a minute it takes.
     */
    public VoipMsBuilder limits(Limits value) {
        limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    /** What becomes of texts of more than 160 characters; {@link LongText#REFUSE} unless set. */
    public VoipMsBuilder longTexts(LongText value) {
        longTexts = Objects.requireNonNull(value, "long texts");
        return this;
    }

    /**
     * The secret that callbacks must carry in their URL, as VoIP.ms signs nothing: 22 to 128 letters, digits, {@code -} and
     * {@code _}. Make it once with {@link #newWebhookToken} and keep it. Unless set, no callback is trusted: there are no {@link
     * io.careflow.pstn.webhook.Webhooks}.
     */
    public VoipMsBuilder webhookToken(Secret value) {
        webhookToken = Objects.requireNonNull(value, "token");
        return this;
    }

    /** A new secret for {@link #webhookToken}, of 192 random bits. */
    public static Secret newWebhookToken() {
        return CallbackToken.random(new SecureRandom());
    }

    /** Where VoIP.ms reaches our callbacks, for {@link MessageCallbacks}; without variables and without the token. */
    public VoipMsBuilder webhookUrl(URI value) {
        webhookUrl = Objects.requireNonNull(value, "webhook URL");
        return this;
    }

    /**
     * Is told every message that comes in, on the thread that brought the callback. If it throws, VoIP.ms is not told
     * {@code ok}, and sends the message again half an hour later.
     */
    public VoipMsBuilder telling(Consumer<? super PstnEvent> value) {
        telling = Objects.requireNonNull(value, "telling");
        return this;
    }

    /** How times of records and messages are meant; {@link VoipMsClock#newYork} unless set. */
    public VoipMsBuilder recordClock(VoipMsClock value) {
        recordClock = Objects.requireNonNull(value, "record clock");
        return this;
    }

    /** The route whose prices {@link io.careflow.pstn.account.Prices} tells; {@link Route#VALUE} unless set. */
    public VoipMsBuilder pricedRoute(Route value) {
        pricedRoute = Objects.requireNonNull(value, "route");
        return this;
    }

    /** The application's clock. */
    public VoipMsBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Waits between two tries of a read, and for the next minute where VoIP.ms takes no more requests in this one. */
    VoipMsBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "sleeper");
        return this;
    }

    /** Where generated passwords come from; {@link SecureRandom} unless set. */
    public VoipMsBuilder random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "random");
        return this;
    }

    /**
     * Makes the provider. Nothing is sent.
     *
     * @throws IllegalArgumentException naming everything that is wrong with the settings
     */
    public VoipMsProvider build() {
        return new VoipMsProvider(client());
    }

    /** The client alone; to be closed. */
    VoipMsClient client() {
        check();
        VoipMsSettings settings = new VoipMsSettings(
                new ProviderId(id),
                username,
                apiPassword,
                server,
                whole,
                slowWrite,
                clock,
                sleeper,
                random,
                new RecordSettings(recordClock, longTexts, pricedRoute, webhookToken, webhookUrl, telling));
        VoipMsErrors errors = new VoipMsErrors(settings.id(), clock);
        HttpTransport transport = HttpTransport.builder(settings.id(), baseUrl)
                .deadlines(connecting, silence, whole)
                .pauses(sleeper, random)
                .observer(observer)
                .limits(limits)
                .clock(clock)
                .refusals(errors::refusal)
                .refusalsInside(errors::refusalInside)
                .build();
        return new VoipMsClient(settings, transport);
    }

    private void check() {
        SettingsCheck check = new SettingsCheck("VoIP.ms");
        check.made(() -> new ProviderId(id));
        check.require(!username.isBlank(), "username is blank; it is the e-mail address of the portal");
        check.web("base URL", baseUrl);
        String host = baseUrl.getHost() == null ? "" : baseUrl.getHost().toLowerCase(Locale.ROOT);
        check.require(!host.equals("www.voip.ms"), "base URL has the host www.voip.ms, which redirects; use voip.ms");
        check.require(server == null || HOST.matcher(server).matches(), "server is '" + server + "', not a host name");
        check.require(
                webhookToken == null || CallbackToken.isStrong(webhookToken.reveal()),
                "webhook token is none that nobody guesses; expected " + CallbackToken.RULE);
        if (webhookUrl != null) {
            check.web("webhook URL", webhookUrl);
            check.require(webhookToken != null, "webhook URL has no webhook token, so nothing from there is trusted");
            check.require(webhookUrl.getRawFragment() == null, "webhook URL has a fragment, which is never sent");
        }
        check.positive("deadline to connect", connecting);
        check.positive("deadline of silence", silence);
        check.positive("deadline of a whole attempt", whole);
        check.positive("deadline of a write", slowWrite);
        check.done();
    }
}
