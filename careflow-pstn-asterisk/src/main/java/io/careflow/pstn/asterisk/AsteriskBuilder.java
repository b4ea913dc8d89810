package io.careflow.pstn.asterisk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.machine.FlowCommand;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures and starts an {@link AsteriskProvider}. Not thread-safe.
 *
 * <pre>{@code
 * AsteriskProvider asterisk = AsteriskBuilder.of(URI.create("http://127.0.0.1:8088/ari"), "careflow", password)
 *     .handler(desk)
 *     .events(recorder::accept)
 *     .speech(new EspeakNg(...))
 *     .start();
 * }</pre>
 */
public final class AsteriskBuilder {
    private static final Logger log = LoggerFactory.getLogger(AsteriskProvider.class);
    // Asterisk closes idle connections after 15 seconds unless told otherwise; a request on such a one is lost.
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(10);
    private static final long SWEEP_SECONDS = 60;
    private static final Set<String> EVENTS = Set.of(
            "StasisStart",
            "ChannelHangupRequest",
            "ChannelDestroyed",
            "ChannelDtmfReceived",
            "Dial",
            "PlaybackFinished",
            "RecordingFinished",
            "RecordingFailed");
    private static final Set<String> STEPS = Set.of(
            "play",
            "pause",
            "send-digits",
            "start-recording",
            "stop-recording",
            "gather",
            "dial",
            "voicemail",
            "redirect",
            "reject",
            "hang-up");

    private final URI ari;
    private final String user;
    private final Secret password;
    private ProviderId id = new ProviderId("asterisk");
    private String app = "careflow";
    private @Nullable FlowHandler handler;
    private Consumer<? super CallEvent> events = event -> {};
    private Consumer<AsteriskHealth> health = change -> {};
    private @Nullable CallFlow apology;
    private @Nullable SpeechSynthesizer speech;
    private Path prompts = Path.of(System.getProperty("java.io.tmpdir"), "careflow-prompts");
    private Set<String> homeHosts = Set.of();
    private @Nullable String trunk;
    private @Nullable String homeRegion;
    private Predicate<CallRef> recorded = call -> false;
    private Duration longestCall = Duration.ofHours(6);
    private int threads = 32;
    private PstnObserver observer = PstnObserver.none();
    private Clock clock = Clock.systemUTC();

    private AsteriskBuilder(URI ari, String user, Secret password) {
        this.ari = ari;
        this.user = user;
        this.password = password;
    }

    /**
     * An Asterisk reached at this address.
     *
     * @param ari such as {@code http://127.0.0.1:8088/ari}
     * @param user of {@code ari.conf}
     */
    public static AsteriskBuilder of(URI ari, String user, Secret password) {
        return new AsteriskBuilder(Objects.requireNonNull(ari, "ari"), Objects.requireNonNull(user, "user"), password);
    }

    /** The provider's id; {@code asterisk} if not set. */
    public AsteriskBuilder id(String value) {
        id = new ProviderId(value);
        return this;
    }

    /** The Stasis application's name as in the {@link Dialplan}; {@code careflow} if not set. */
    public AsteriskBuilder app(String value) {
        app = new Dialplan(value, List.of()).app();
        return this;
    }

    /** What answers calls. Required. */
    public AsteriskBuilder handler(FlowHandler value) {
        handler = value;
        return this;
    }

    /** Is told what happens to calls; those of one call come one after another. Must not throw. */
    public AsteriskBuilder events(Consumer<? super CallEvent> value) {
        events = value;
        return this;
    }

    /** Is told when Asterisk comes and goes. Must not block. */
    public AsteriskBuilder health(Consumer<AsteriskHealth> value) {
        health = value;
        return this;
    }

    /** What callers hear when the handler fails; a spoken apology, or a hang-up where nothing can speak. */
    public AsteriskBuilder apology(CallFlow value) {
        apology = value;
        return this;
    }

    /** What speaks. Without it, flows that say something are refused. */
    public AsteriskBuilder speech(SpeechSynthesizer value) {
        speech = value;
        return this;
    }

    /** Where spoken prompts are kept; Asterisk must be able to read them under the same path. */
    public AsteriskBuilder promptFolder(Path value) {
        prompts = value;
        return this;
    }

    /** SIP hosts whose users are registered at this Asterisk, besides addresses without a host. */
    public AsteriskBuilder homeHosts(Set<String> value) {
        homeHosts = Set.copyOf(value);
        return this;
    }

    /** The PJSIP endpoint of the trunk over which numbers and foreign SIP addresses are called. */
    public AsteriskBuilder trunk(String endpoint) {
        trunk = endpoint;
        return this;
    }

    /**
     * The region in whose national form the trunk may send numbers, such as {@code CA}; they become E.164. If not set, numbers
     * stay as they come, and only those with a plus sign count as numbers.
     *
     * @param code ISO 3166
     * @throws IllegalArgumentException if the region is unknown
     */
    public AsteriskBuilder homeRegion(String code) {
        if (!PhoneNumber.isRegion(code)) {
            throw new IllegalArgumentException("homeRegion is '" + code + "'; expected an ISO 3166 code such as CA");
        }
        homeRegion = code;
        return this;
    }

    /** Whether the record of a call is stored already; asked about calls that ended while the application was away. */
    public AsteriskBuilder recorded(Predicate<CallRef> value) {
        recorded = value;
        return this;
    }

    /** When a call is hung up, whatever it does; 6 hours if not set. */
    public AsteriskBuilder longestCall(Duration value) {
        longestCall = value;
        return this;
    }

    /** How many calls may be at work in the application at the same moment; 32 if not set. */
    public AsteriskBuilder threads(int value) {
        threads = value;
        return this;
    }

    /** Is told of every request to Asterisk. */
    public AsteriskBuilder observer(PstnObserver value) {
        observer = value;
        return this;
    }

    /** The application's clock. */
    public AsteriskBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /**
     * Starts connecting and returns at once; see {@link AsteriskProvider#awaitConnected}.
     *
     * @throws IllegalStateException if no handler is set
     * @throws UncheckedIOException if the prompt folder cannot be made
     */
    public AsteriskProvider start() {
        if (handler == null) {
            throw new IllegalStateException("no handler is set; calls would find nobody to answer");
        }
        Json json = new Json();
        HttpTransport transport = HttpTransport.builder(id, ari)
                .basicAuth(user, password)
                .keepAlive(threads, IDLE_CONNECTION)
                .observer(observer)
                .build();
        AriRest rest = new AriRest(transport, json);
        ScheduledExecutorService timers = timers();
        Mailboxes mailboxes = new Mailboxes(
                "asterisk-calls", threads, 1000, 100_000, (call, e) -> log.error("call {} failed", call, e));
        Switchboard board = new Switchboard(
                id,
                ari,
                app,
                rest,
                new Endpoints(id, homeHosts, trunk),
                promptMedia(),
                application(handler),
                mailboxes,
                timers,
                new Slots(),
                new EndRecords(rest, app),
                longestCall);
        Health state = new Health(ari, health, clock);
        Recovery recovery = new Recovery(board, recorded);
        Calls calls = new Calls(board, recovery, state, homeRegion);
        AriEvents connection = new AriEvents(
                transport,
                rest,
                json,
                AriSettings.of(ari, user, app, EVENTS),
                calls,
                timers,
                RandomGenerator.getDefault(),
                clock);
        AsteriskCallControl control = new AsteriskCallControl(board, calls, recorded, clock);
        connection.start();
        ScheduledFuture<?> unused = timers.scheduleWithFixedDelay(
                () -> mailboxes.submit("sweep", () -> recovery.sweep(calls)),
                SWEEP_SECONDS,
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
        return new AsteriskProvider(id, control, calls, state, connection, mailboxes, timers, transport);
    }

    private FlowRunner.Application application(FlowHandler answering) {
        Set<String> steps = new HashSet<>(STEPS);
        if (speech != null) {
            steps.add("say");
        }
        CallFlow sorry = apology;
        if (sorry == null) {
            CallFlow.Draft draft = CallFlow.start();
            sorry = (speech == null
                            ? draft
                            : draft.say("We are sorry. Something went wrong. Please try again later.", Locale.ENGLISH))
                    .hangUp();
        }
        return new FlowRunner.Application(
                        answering, new FlowSupport(steps), sorry, events::accept, new LoggedFailures())
                .requireApology(id);
    }

    private PromptMedia promptMedia() {
        try {
            Files.createDirectories(prompts);
            Files.setPosixFilePermissions(prompts, PosixFilePermissions.fromString("rwxr-xr-x"));
            SpeechCache cache = speech == null ? null : new SpeechCache(speech, prompts, 500_000_000L, clock);
            return new PromptMedia(cache, prompts);
        } catch (IOException e) {
            throw new UncheckedIOException("prompt folder " + prompts + " cannot be made or written", e);
        }
    }

    private static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(1, task -> {
            Thread thread = new Thread(task, "asterisk-timers");
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    private static final class LoggedFailures implements FlowRunner.Failures {
        @Override
        public void failed(FlowEvent event, RuntimeException failure) {
            log.error("the application failed on {} of {}", event.id(), event.call(), failure);
        }

        @Override
        public void failed(CallRef call, FlowCommand command, RuntimeException failure) {
            log.error("{} failed on {}", call, command.getClass().getSimpleName(), failure);
        }
    }
}
