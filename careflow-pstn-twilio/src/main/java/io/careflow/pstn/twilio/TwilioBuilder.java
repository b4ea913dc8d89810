package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.HttpTransportBuilder;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.http.SettingsCheck;
import io.careflow.pstn.http.Sleeper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link TwilioProvider}. Not thread-safe.
 *
 * <pre>{@code
 * TwilioProvider twilio = TwilioProvider.at("AC...", Secret.env("TWILIO_AUTH_TOKEN"))
 *     .publicUrl(URI.create("https://phone.example.org/twilio"))
 *     .answeredBy(desk)
 *     .telling(recorder::accept)
 *     .build();
 * }</pre>
 */
public final class TwilioBuilder {
    private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern KEY = Pattern.compile("SK[0-9a-fA-F]{32}");
    private static final Pattern PRODUCT = Pattern.compile("[a-z]{2,30}");
    private static final Pattern PLACE = Pattern.compile("[a-z]{2,20}[0-9]{0,2}(-ix)?|[a-z]{2,10}(-[a-z]{2,10}){1,2}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern SIP_DOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");

    private final String account;
    private final Secret authToken;
    private String id = "twilio";
    private @Nullable String keySid;
    private @Nullable Secret keySecret;
    private @Nullable String region;
    private @Nullable String edge;
    private @Nullable URI all;
    private final Map<String, URI> single = new LinkedHashMap<>();
    private @Nullable URI publicUrl;
    private boolean behindProxy;
    private @Nullable String sipDomain;
    private boolean usersAreClients;
    private final Map<String, String> voices = new LinkedHashMap<>();
    private @Nullable FlowHandler answering;
    private Consumer<? super PstnEvent> telling = event -> {};
    private @Nullable CallFlow apology;
    private String dialled = "To";
    private Function<String, Optional<SipAddress>> clients = identity -> Optional.empty();
    private Function<String, Optional<SipAddress>> domains = domain -> Optional.empty();
    private List<Secret> moreTokens = List.of();
    private @Nullable Secret continuationKey;
    private Duration connecting = Duration.ofSeconds(3);
    private Duration silence = Duration.ofSeconds(10);
    private Duration whole = Duration.ofSeconds(10);
    private PstnObserver observer = PstnObserver.none();
    private Limits limits = Limits.defaults();
    private @Nullable Clock clock;
    private Sleeper sleeper = Sleeper.system();
    private RandomGenerator random = new SecureRandom();

    TwilioBuilder(String account, Secret authToken) {
        this.account = Objects.requireNonNull(account, "accountSid");
        this.authToken = Objects.requireNonNull(authToken, "authToken");
    }

    /** The provider's id; {@code twilio} unless set. */
    public TwilioBuilder id(String value) {
        id = Objects.requireNonNull(value, "id");
        return this;
    }

    /**
     * An API key for requests, instead of the auth token.
     *
     * @param sid {@code SK} and 32 hexadecimal digits
     * @param secret its secret
     */
    public TwilioBuilder apiKey(String sid, Secret secret) {
        keySid = Objects.requireNonNull(sid, "API key");
        keySecret = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /** The region that holds the account's data, such as {@code ie1}; us1 unless set. Credentials are those of the region. */
    public TwilioBuilder region(String value) {
        region = Objects.requireNonNull(value, "region");
        return this;
    }

    /** The place at which requests enter Twilio's network, such as {@code dublin}; Twilio chooses unless it is set. */
    public TwilioBuilder edge(String value) {
        edge = Objects.requireNonNull(value, "edge");
        return this;
    }

    /** One http or https base for all products, for a proxy or a loopback fake. It is sent the credentials. */
    public TwilioBuilder baseUrl(URI value) {
        all = Objects.requireNonNull(value, "base URL");
        return this;
    }

    /**
     * The base of one product, before that for all.
     *
     * @param product the first word of its host, such as {@code api}, {@code trunking}, {@code pricing}, {@code voice}
     */
    public TwilioBuilder baseUrl(String product, URI value) {
        single.put(product, Objects.requireNonNull(value, "base URL"));
        return this;
    }

    /** Absolute base of our webhooks as Twilio sees it. What we hand out lies below it. */
    public TwilioBuilder publicUrl(URI value) {
        publicUrl = Objects.requireNonNull(value, "public URL");
        return this;
    }

    /**
     * Webhooks reach the application with another scheme, host or port than Twilio called: those of the public URL are put in
     * their place before the signature is checked. Forwarded headers are not read, because anybody can send them.
     */
    public TwilioBuilder behindProxy() {
        behindProxy = true;
        return this;
    }

    /**
     * The SIP domain, such as {@code acme.sip.twilio.com}, at which users are registered whose address names no host: {@code
     * sip:1001} is then dialled as {@code sip:1001@acme.sip.twilio.com}. Without it they are refused.
     */
    public TwilioBuilder sipDomain(String value) {
        sipDomain = Objects.requireNonNull(value, "SIP domain");
        return this;
    }

    /**
     * Users whose address names no host are clients of the Voice SDK: {@code sip:1001} rings the client whose identity is {@code 1001}, so
     * that the desks ring browsers and apps as they ring phones. Users that are no identity (letters, digits, underscores) stay at the
     * {@link #sipDomain}.
     */
    public TwilioBuilder usersAreClients() {
        usersAreClients = true;
        return this;
    }

    /**
     * The voice that speaks a language; Twilio's own choice unless set.
     *
     * @param language exactly as flows have it
     * @param voice Twilio's name for it, such as {@code Polly.Joanna-Neural}
     */
    public TwilioBuilder voice(Locale language, String voice) {
        voices.put(language.toLanguageTag(), Objects.requireNonNull(voice, "voice"));
        return this;
    }

    /**
     * Users dial from clients of the Voice SDK: calls that reach the TwiML app's voice URL, which is that of our numbers. Such a call has
     * the user as {@link io.careflow.pstn.call.CallOrigin#user} and what was dialled as its {@code to}. Twilio takes the identity from the
     * access token (<a href="https://www.twilio.com/docs/iam/access-tokens">access tokens</a>), so that it proves as much as the
     * application does before it signs one. The app must not be open to other accounts ({@code PublicApplicationConnectEnabled}). Without
     * this, and where no user is known, they are calls of strangers.
     *
     * @param parameter the custom parameter in which clients send what was dialled, as {@code To} in Twilio's own examples: 1 to 64
     *     letters, digits and underscores
     * @param user whose identity that is: letters, digits and underscores, as the token has it. Asked for every such call, by many
     *     threads; if it throws, a stranger calls
     */
    public TwilioBuilder diallingClients(String parameter, Function<String, Optional<SipAddress>> user) {
        dialled = Objects.requireNonNull(parameter, "parameter");
        clients = Objects.requireNonNull(user, "user");
        return this;
    }

    /**
     * Users dial from SIP phones at domains of their own. Twilio proves that a caller knew a password of the domain's credential lists, not
     * which, and nothing is documented that ties {@code From} to it: so this is safe only for domains with one user in their lists and
     * no IP access lists, and a domain that several users share is nobody's. Otherwise as {@link #diallingClients}.
     *
     * @param user by the domain's sid, {@code SD...}, whose it is; empty for shared ones
     */
    public TwilioBuilder diallingDomains(Function<String, Optional<SipAddress>> user) {
        domains = Objects.requireNonNull(user, "user");
        return this;
    }

    /** What answers calls. */
    public TwilioBuilder answeredBy(FlowHandler value) {
        answering = Objects.requireNonNull(value, "answeredBy");
        return this;
    }

    /** Is told every event, on the thread that brought the webhook. Must not throw. */
    public TwilioBuilder telling(Consumer<? super PstnEvent> value) {
        telling = Objects.requireNonNull(value, "telling");
        return this;
    }

    /** What callers hear when the application fails. */
    public TwilioBuilder apologisingWith(CallFlow value) {
        apology = Objects.requireNonNull(value, "apologisingWith");
        return this;
    }

    /** More auth tokens with which webhooks may be signed: the secondary one while tokens change, or those of sub-accounts. */
    public TwilioBuilder moreAuthTokens(Secret... values) {
        moreTokens = List.of(values);
        return this;
    }

    /**
     * Signs what is handed to Twilio and comes back with a webhook. Derived from the auth token unless set; set it where
     * tokens change while calls are under way. All nodes of an application need the same.
     */
    public TwilioBuilder continuationKey(Secret value) {
        continuationKey = Objects.requireNonNull(value, "continuation key");
        return this;
    }

    /**
     * Deadlines of one attempt of a request; 3, 10 and 10 seconds unless set.
     *
     * @param toConnect for the TCP and TLS handshakes
     * @param ofSilence between two bytes
     * @param ofAll from start to the last byte
     */
    public TwilioBuilder deadlines(Duration toConnect, Duration ofSilence, Duration ofAll) {
        connecting = Objects.requireNonNull(toConnect, "deadline");
        silence = Objects.requireNonNull(ofSilence, "deadline");
        whole = Objects.requireNonNull(ofAll, "deadline");
        return this;
    }

    /** Is told of every request. */
    public TwilioBuilder observer(PstnObserver value) {
        observer = Objects.requireNonNull(value, "observer");
        return this;
    }

    /** The application's clock. */
    public TwilioBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * What the account may be asked at once and in a time, and when it counts as failing; {@link Limits#defaults} unless set.
     * One set of counters serves all products.
     */
    public TwilioBuilder limits(Limits value) {
        limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    /** Waits between two tries of a read. */
    TwilioBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "sleeper");
        return this;
    }

    /** Where generated passwords come from; {@link SecureRandom} unless set. */
    public TwilioBuilder random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "random");
        return this;
    }

    /**
     * Makes the provider. Nothing is sent.
     *
     * @throws IllegalArgumentException naming everything that is wrong with the settings
     */
    public TwilioProvider build() {
        check();
        TwilioSettings settings = settings();
        HttpTransportBuilder builder = HttpTransport.builder(
                        settings.id(), settings.hosts().base(TwilioHosts.API))
                .basicAuth(keySid == null ? account : keySid, keySecret == null ? authToken : keySecret)
                .deadlines(connecting, silence, whole)
                .pauses(sleeper, random)
                .observer(observer)
                .limits(limits)
                .requestId("twilio-request-id")
                .refusals(new TwilioErrors()::refusal);
        if (clock != null) {
            builder.clock(clock);
        }
        HttpTransport transport = builder.build();
        TwilioClient client = new TwilioClient(settings, new TwilioHttp(transport, settings.hosts()));
        return new TwilioProvider(transport, client);
    }

    private TwilioSettings settings() {
        List<Secret> tokens = new ArrayList<>(List.of(authToken));
        tokens.addAll(moreTokens);
        return new TwilioSettings(
                new ProviderId(id),
                account,
                edge,
                new TwilioHosts(region, edge, all, single),
                publicUrl == null ? null : withoutSlash(publicUrl),
                behindProxy,
                sipDomain,
                usersAreClients,
                Map.copyOf(voices),
                answering,
                telling,
                apology,
                new OwnPhones(account, dialled, clients, domains),
                List.copyOf(tokens),
                continuationKey == null ? derived(authToken) : continuationKey,
                clock == null ? Clock.systemUTC() : clock,
                random);
    }

    private static void place(SettingsCheck check, String what, @Nullable String value) {
        check.require(
                value == null || PLACE.matcher(value).matches(),
                what + " is '" + value + "', not a name such as ie1 or dublin");
    }

    private void check() {
        SettingsCheck check = new SettingsCheck("Twilio");
        check.made(() -> new ProviderId(id));
        // Not quoted: people paste secrets into the wrong field.
        check.require(ACCOUNT.matcher(account).matches(), "account SID is not 'AC' and 32 hexadecimal digits");
        check.require(keySid == null || KEY.matcher(keySid).matches(), "API key is not 'SK' and 32 hexadecimal digits");
        place(check, "region", region);
        place(check, "edge", edge);
        check.web("base URL", all);
        single.forEach((product, base) -> {
            check.require(PRODUCT.matcher(product).matches(), "product '" + product + "' is not a word such as api");
            check.web("base URL of " + product, base);
        });
        check.web("public URL", publicUrl);
        check.require(
                publicUrl == null
                        || !String.valueOf(publicUrl.getRawAuthority()).contains("_"),
                "public URL has an underscore in its host, which Twilio refuses");
        check.require(
                !behindProxy || publicUrl != null,
                "there is no public URL to put in the place of the one that arrives");
        check.require(
                sipDomain == null || SIP_DOMAIN.matcher(sipDomain).matches(),
                "SIP domain is '" + sipDomain + "', not a host such as acme.sip.twilio.com");
        check.require(
                PARAMETER.matcher(dialled).matches(),
                "parameter of what clients dialled is '" + dialled + "', not 1 to 64 letters, digits and underscores");
        check.positive("deadline to connect", connecting);
        check.positive("deadline of silence", silence);
        check.positive("deadline of all", whole);
        check.done();
    }

    private static URI withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    private static Secret derived(Secret authToken) {
        byte[] key = Hmac.sha256(authToken)
                .begin()
                .doFinal("careflow-pstn-twilio/continuation".getBytes(StandardCharsets.UTF_8));
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    }
}
