package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowStore;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.MemoryFlowStore;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.HttpTransportBuilder;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.http.SettingsCheck;
import io.careflow.pstn.http.Sleeper;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
 * Settings of a {@link TelnyxProvider}. Not thread-safe.
 *
 * <pre>{@code
 * TelnyxProvider telnyx = TelnyxProvider.with(Secret.env("TELNYX_API_KEY"))
 *     .publicKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")
 *     .connection("1293384261075731499")
 *     .answeredBy(desk)
 *     .telling(recorder::accept)
 *     .keepingFlowsIn(database.flows())
 *     .build();
 * }</pre>
 */
public final class TelnyxBuilder {
    private static final URI API = URI.create("https://api.telnyx.com/v2");
    private static final Pattern CONNECTION = Pattern.compile("[0-9]{1,30}");
    private static final Pattern PROFILE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");
    private static final CallFlow SORRY = CallFlow.start()
            .say("We are sorry. We cannot take your call at the moment. Please try again later.", Locale.ENGLISH)
            .end(new HangUp(HangupCause.TEMPORARY_FAILURE));

    private final Secret apiKey;
    private String id = "telnyx";
    private URI baseUrl = API;
    private @Nullable String connection;
    private @Nullable URI publicUrl;
    private final List<String> publicKeys = new ArrayList<>();
    private @Nullable String messagingProfile;
    private String sipDomain = "sip.telnyx.com";
    private final Map<String, String> voices = new LinkedHashMap<>();
    private @Nullable Function<String, Optional<SipAddress>> phones;
    private @Nullable FlowHandler answering;
    private Consumer<? super PstnEvent> telling = event -> {};
    private CallFlow apology = SORRY;
    private FlowStore flows = new MemoryFlowStore();
    private Duration connecting = Duration.ofSeconds(3);
    private Duration silence = Duration.ofSeconds(10);
    private Duration whole = Duration.ofSeconds(10);
    private PstnObserver observer = PstnObserver.none();
    private Limits limits = Limits.defaults();
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = Sleeper.system();
    private RandomGenerator random = new SecureRandom();

    TelnyxBuilder(Secret apiKey) {
        this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
    }

    /** The provider's id; {@code telnyx} unless set. */
    public TelnyxBuilder id(String value) {
        id = Objects.requireNonNull(value, "id");
        return this;
    }

    /** Where the API is, its version included; {@code https://api.telnyx.com/v2} unless set. It is sent the key. */
    public TelnyxBuilder baseUrl(URI value) {
        baseUrl = Objects.requireNonNull(value, "base URL");
        return this;
    }

    /** Id of the call-control application that places calls; without it calls can be answered but not placed. */
    public TelnyxBuilder connection(String value) {
        connection = Objects.requireNonNull(value, "connection");
        return this;
    }

    /**
     * Where Telnyx reaches our webhooks, named in each call and message that we send. Unless set, Telnyx uses what application
     * and messaging profile say.
     */
    public TelnyxBuilder publicUrl(URI value) {
        publicUrl = Objects.requireNonNull(value, "public URL");
        return this;
    }

    /**
     * A public key of the account (Mission Control, Keys and Credentials): webhooks are signed with it. May be called more than
     * once, for the time in which keys change. Without any, webhooks are not offered.
     *
     * @param base64 of 32 bytes
     */
    public TelnyxBuilder publicKey(String base64) {
        publicKeys.add(Objects.requireNonNull(base64, "public key"));
        return this;
    }

    /** Id of the messaging profile that sends texts whose sender is a name and not a number. */
    public TelnyxBuilder messagingProfile(String value) {
        messagingProfile = Objects.requireNonNull(value, "messaging profile");
        return this;
    }

    /** The host at which users are registered whose address names none; {@code sip.telnyx.com} unless set. */
    public TelnyxBuilder sipDomain(String value) {
        sipDomain = Objects.requireNonNull(value, "SIP domain");
        return this;
    }

    /**
     * The voice that speaks a language, before the adapter's own choice.
     *
     * @param language exactly as flows have it
     * @param voice Telnyx's name for it, such as {@code AWS.Polly.Joanna-Neural}
     */
    public TelnyxBuilder voice(Locale language, String voice) {
        voices.put(language.toLanguageTag(), Objects.requireNonNull(voice, "voice"));
        return this;
    }

    /**
     * Users dial from SIP phones and WebRTC clients of connections of their own, which park what they dial ({@code
     * outbound.call_parking_enabled}) and tell our webhooks of it in version 2. Such a call has the user as {@link
     * io.careflow.pstn.call.CallOrigin#user} and what was dialled as its {@code to}. Telnyx tells the connection whose credentials it
     * checked, and not which of them, so that a connection, with all its telephony credentials, must be one user's. Where no user
     * is known, a stranger calls; without this nothing of ours answers a parked call.
     *
     * @param user by the connection's id, whose it is; empty for shared ones and those that know callers by address. Asked for every
     *     call, by many threads; if it throws, it is nobody's
     */
    public TelnyxBuilder diallingConnections(Function<String, Optional<SipAddress>> user) {
        phones = Objects.requireNonNull(user, "user");
        return this;
    }

    /** What answers calls. */
    public TelnyxBuilder answeredBy(FlowHandler value) {
        answering = Objects.requireNonNull(value, "answeredBy");
        return this;
    }

    /** Is told every event, on the thread that brought the webhook. Must not throw. */
    public TelnyxBuilder telling(Consumer<? super PstnEvent> value) {
        telling = Objects.requireNonNull(value, "telling");
        return this;
    }

    /** What callers hear when the application fails. */
    public TelnyxBuilder apologisingWith(CallFlow value) {
        apology = Objects.requireNonNull(value, "apologisingWith");
        return this;
    }

    /** Where it is kept how far calls are; this process's memory unless set. All nodes of an application need the same. */
    public TelnyxBuilder keepingFlowsIn(FlowStore value) {
        flows = Objects.requireNonNull(value, "flow store");
        return this;
    }

    /**
     * Deadlines of one attempt of a request; 3, 10 and 10 seconds unless set. Three attempts must fit into the minute in which
     * Telnyx recognises a command that comes again, so {@code ofAll} is at most 15 seconds.
     *
     * @param toConnect for the TCP and TLS handshakes
     * @param ofSilence between two bytes
     * @param ofAll from start to the last byte
     */
    public TelnyxBuilder deadlines(Duration toConnect, Duration ofSilence, Duration ofAll) {
        connecting = Objects.requireNonNull(toConnect, "deadline");
        silence = Objects.requireNonNull(ofSilence, "deadline");
        whole = Objects.requireNonNull(ofAll, "deadline");
        return this;
    }

    /** Is told of every request. */
    public TelnyxBuilder observer(PstnObserver value) {
        observer = Objects.requireNonNull(value, "observer");
        return this;
    }

    /** What the account may be asked at once and in a time, and when it counts as failing; {@link Limits#defaults} unless set. */
    public TelnyxBuilder limits(Limits value) {
        limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    /** The application's clock. */
    public TelnyxBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Waits between two tries of a read, and while an order is delivered. */
    TelnyxBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "sleeper");
        return this;
    }

    /** Where generated passwords come from; {@link SecureRandom} unless set. */
    public TelnyxBuilder random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "random");
        return this;
    }

    /**
     * Makes the provider. Nothing is sent.
     *
     * @throws IllegalArgumentException naming everything that is wrong with the settings
     */
    public TelnyxProvider build() {
        return new TelnyxProvider(client());
    }

    /** The client alone; to be closed. */
    TelnyxClient client() {
        check();
        TelnyxSettings settings = new TelnyxSettings(
                new ProviderId(id),
                connection,
                publicUrl,
                List.copyOf(publicKeys),
                messagingProfile,
                sipDomain,
                Map.copyOf(voices),
                new OwnPhones(connection, phones),
                answering,
                telling,
                apology,
                flows,
                clock,
                sleeper,
                random);
        HttpTransportBuilder transport = transport(settings.id())
                .bearerAuth(apiKey)
                .retryAfter("x-ratelimit-reset")
                .refusals(new TelnyxErrors()::refusal);
        HttpTransportBuilder media = transport(settings.id()).refusals(MediaLinks::refusal);
        return new TelnyxClient(settings, transport.build(), new MediaLinks(settings.id(), media.build(), baseUrl));
    }

    /** Without credentials. */
    private HttpTransportBuilder transport(ProviderId provider) {
        return HttpTransport.builder(provider, baseUrl)
                .deadlines(connecting, silence, whole)
                .pauses(sleeper, random)
                .observer(observer)
                .limits(limits)
                .clock(clock);
    }

    private void check() {
        SettingsCheck check = new SettingsCheck("Telnyx");
        check.made(() -> new ProviderId(id));
        check.web("base URL", baseUrl);
        check.web("public URL", publicUrl);
        check.require(
                connection == null || CONNECTION.matcher(connection).matches(),
                "connection is not the number that Telnyx gives to a call-control application");
        check.require(
                messagingProfile == null || PROFILE.matcher(messagingProfile).matches(),
                "messaging profile is not the UUID that Telnyx gives to it");
        check.require(HOST.matcher(sipDomain).matches(), "SIP domain is '" + sipDomain + "', not a host name");
        publicKeys.forEach(key ->
                check.require(PublicKeys.isKey(key), "public key is not Base64 of the 32 bytes of an Ed25519 key"));
        check.positive("deadline to connect", connecting);
        check.positive("deadline of silence", silence);
        check.positive("deadline of a whole attempt", whole);
        check.require(
                whole.compareTo(Duration.ofSeconds(15)) <= 0,
                "deadline of a whole attempt is " + whole + "; allowed are at most PT15S");
        check.done();
    }
}
