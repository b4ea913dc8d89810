package io.careflow.pstn.asterisk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.routing.RouteAlarm;
import io.careflow.pstn.siptrunk.ChannelLeases;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private static final Pattern TRUNK = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + "){0,126}(?::[0-9]{1,5})?");
    final URI ari;
    final String user;
    final Secret password;
    ProviderId id = new ProviderId("asterisk");
    String app = "careflow";

    @Nullable
    FlowHandler handler;

    Consumer<? super CallEvent> events = event -> {};
    Consumer<AsteriskHealth> health = change -> {};
    Consumer<RouteAlarm> alarms = alarm -> {};

    @Nullable
    CallFlow apology;

    @Nullable
    SpeechSynthesizer speech;

    @Nullable
    SpeechRecognizer recognizer;

    boolean machines;

    Duration recognitionLimit = Duration.ofSeconds(5);
    int recognitionsAtOnce = Math.max(2, Runtime.getRuntime().availableProcessors());
    Path prompts = Path.of(System.getProperty("java.io.tmpdir"), "careflow-prompts");
    Set<String> homeHosts = Set.of();

    @Nullable
    String trunk;

    Endpoints.@Nullable UserRoute usersThrough;

    @Nullable
    ChannelLeases leases;

    List<SipTrunkProfile> profiles = List.of();

    @Nullable
    String homeRegion;

    Predicate<CallRef> recorded = call -> false;
    Duration longestCall = Duration.ofHours(6);
    int threads = 32;
    PstnObserver observer = PstnObserver.none();
    Clock clock = Clock.systemUTC();

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
     * @throws IllegalArgumentException if {@code ari} is not http or https with host and path and nothing else, or {@code user}
     *     is blank or has a colon
     * @throws NullPointerException if an argument is null
     */
    public static AsteriskBuilder of(URI ari, String user, Secret password) {
        Objects.requireNonNull(user, "user");
        if (user.isBlank() || user.contains(":")) {
            throw new IllegalArgumentException("user is '" + user + "'; expected a name of ari.conf, without a colon");
        }
        return new AsteriskBuilder(
                requireAri(Objects.requireNonNull(ari, "ari")), user, Objects.requireNonNull(password, "password"));
    }

    private static URI requireAri(URI ari) {
        String scheme = ari.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        String path = ari.getPath();
        boolean placed = ari.getHost() != null && path != null && !path.isEmpty() && !path.equals("/");
        if (!web
                || !placed
                || ari.getRawQuery() != null
                || ari.getRawFragment() != null
                || ari.getRawUserInfo() != null) {
            // Not quoted: it may hold a password.
            throw new IllegalArgumentException("ari has a scheme other than http and https, no host, no path, a query, "
                    + "a fragment or a user; expected like http://127.0.0.1:8088/ari");
        }
        return ari;
    }

    /**
     * The provider's id; {@code asterisk} if not set.
     *
     * @throws IllegalArgumentException if it is no {@link ProviderId}
     */
    public AsteriskBuilder id(String value) {
        id = new ProviderId(value);
        return this;
    }

    /**
     * The Stasis application's name as in the {@link Dialplan}; {@code careflow} if not set.
     *
     * @throws IllegalArgumentException if {@link Dialplan} refuses it
     */
    public AsteriskBuilder app(String value) {
        app = new Dialplan(value, List.of()).app();
        return this;
    }

    /**
     * What answers calls. Required.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder handler(FlowHandler value) {
        handler = Objects.requireNonNull(value, "handler");
        return this;
    }

    /**
     * Is told what happens to calls; those of one call come one after another. Must not throw.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder events(Consumer<? super CallEvent> value) {
        events = Objects.requireNonNull(value, "events");
        return this;
    }

    /**
     * Is told when Asterisk comes and goes. Must not block.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder health(Consumer<AsteriskHealth> value) {
        health = Objects.requireNonNull(value, "health");
        return this;
    }

    /**
     * Is told when a trunk with a profile refuses calls for a reason that is ours to mend, such as a 403, whether or not the call
     * found another way. Comes from the thread of the call; must not block or throw.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder alarms(Consumer<RouteAlarm> value) {
        alarms = Objects.requireNonNull(value, "alarms");
        return this;
    }

    /**
     * What callers hear when the handler fails; a spoken apology, or a hang-up where nothing can speak.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder apology(CallFlow value) {
        apology = Objects.requireNonNull(value, "apology");
        return this;
    }

    /**
     * What speaks. Without it, flows that say something are refused.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder speech(SpeechSynthesizer value) {
        speech = Objects.requireNonNull(value, "speech");
        return this;
    }

    /**
     * What understands callers who speak. Without it, flows that gather speech are refused. The provider does not close it.
     * Asterisk needs {@code func_talkdetect} for it.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder recognizer(SpeechRecognizer value) {
        recognizer = Objects.requireNonNull(value, "recognizer");
        return this;
    }

    /**
     * Lets calls be placed that tell a person from an answering machine. Without it such calls are refused. Asterisk needs {@code app_amd},
     * and a {@link Dialplan} of this version; where the module is not loaded such a call is refused before anything rings.
     *
     * <p>The flow begins at once when somebody answers; who it was is told up to 5 seconds later. Asterisk judges by rhythm: somebody who
     * says a word or two and waits is a person, who goes on and on is a machine. Somebody silent is not known.
     */
    public AsteriskBuilder detectingMachines() {
        machines = true;
        return this;
    }

    /**
     * How long the recogniser may take for one utterance, and how many utterances it may work on at the same moment; 5 seconds
     * and the number of processors, at least 2, if not set. A gather whose recogniser takes longer ends like one of whose times
     * was over, with nothing entered.
     *
     * @param limit 100 milliseconds to 1 minute, waiting for its turn included
     * @param atOnce 1 to 1000
     * @throws IllegalArgumentException if one of them is less or more
     */
    public AsteriskBuilder recognition(Duration limit, int atOnce) {
        if (limit.compareTo(Duration.ofMillis(100)) < 0 || limit.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("limit is " + limit + "; expected 100 milliseconds to 1 minute");
        }
        if (atOnce < 1 || atOnce > 1000) {
            throw new IllegalArgumentException("atOnce is " + atOnce + "; expected 1 to 1000");
        }
        recognitionLimit = limit;
        recognitionsAtOnce = atOnce;
        return this;
    }

    /**
     * Where spoken prompts are kept; Asterisk must be able to read them under the same path. If there is no such folder it is
     * made, readable for everybody; one that exists must be writable and keeps its permissions.
     *
     * @param value a relative one is of the working directory
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder promptFolder(Path value) {
        prompts = value.toAbsolutePath().normalize();
        return this;
    }

    /**
     * SIP hosts whose users are registered at this Asterisk, besides addresses without a host.
     *
     * @param value host names or IPv4 addresses, with port where the addresses have one
     * @throws IllegalArgumentException if one is something else
     * @throws NullPointerException if it or one of them is null
     */
    public AsteriskBuilder homeHosts(Set<String> value) {
        Set<String> hosts = Set.copyOf(value);
        for (String host : hosts) {
            if (host.length() > 253 + 6 || !HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("homeHosts has '" + host
                        + "'; expected host names or IPv4 addresses, such as pbx.example.org or 10.0.0.5:5060");
            }
        }
        homeHosts = hosts;
        return this;
    }

    /**
     * The PJSIP endpoint of the trunk over which numbers and foreign SIP addresses are called.
     *
     * @param endpoint 1 to 40 of letters, digits, dot, underscore and hyphen
     * @throws IllegalArgumentException if it is something else
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder trunk(String endpoint) {
        if (!TRUNK.matcher(Objects.requireNonNull(endpoint, "trunk")).matches()) {
            throw new IllegalArgumentException("trunk is '" + endpoint
                    + "'; expected the name of a PJSIP endpoint: 1 to 40 letters, digits, '.', '_' or '-'");
        }
        trunk = endpoint;
        return this;
    }

    /**
     * Users are registered at a proxy in front of Asterisk, such as the Kamailio that
     * {@link io.careflow.pstn.asterisk.config.KamailioConfig} renders, and reached through it. All endpoints ring at once, so
     * that each can make another offer: one for phones, one for browsers. A call that the application itself places to a user
     * goes through the first one only. In events users are named as before.
     *
     * @param domain the SIP domain of the users
     * @param endpoints PJSIP endpoints whose outbound proxy is that proxy, 1 to 40 letters, digits, dots, dashes and underscores
     *     each, at least one
     * @throws IllegalArgumentException if one of them is something else
     */
    public AsteriskBuilder usersThrough(String domain, String... endpoints) {
        if (!HOST.matcher(domain).matches()) {
            throw new IllegalArgumentException("domain of users is '" + domain + "'; expected a host name");
        }
        List<String> named = List.of(endpoints);
        if (named.isEmpty()
                || !named.stream().allMatch(name -> TRUNK.matcher(name).matches())) {
            throw new IllegalArgumentException("endpoints of users are " + named
                    + "; expected at least one, of 1 to 40 letters, digits, '.', '-' and '_'");
        }
        usersThrough = new Endpoints.UserRoute(domain, named);
        return this;
    }

    /**
     * Trunks with a profile, over which numbers are called: the first that may show the number and has a free channel is taken. The
     * PJSIP endpoint of each is named by the id of its profile. Incoming calls over them count too, and their numbers are read as the
     * profile says. Foreign SIP addresses still go over {@link #trunk}.
     *
     * @param counting who counts the channels: one for all nodes that use these trunks
     * @param inOrder the first is tried first
     * @throws IllegalArgumentException if there is none, or two have one id
     * @throws NullPointerException if something is null
     */
    public AsteriskBuilder trunks(ChannelLeases counting, SipTrunkProfile... inOrder) {
        List<SipTrunkProfile> given = List.of(inOrder);
        if (given.isEmpty()) {
            throw new IllegalArgumentException("trunks are none; expected at least one profile");
        }
        if (given.stream().map(SipTrunkProfile::id).distinct().count() < given.size()) {
            throw new IllegalArgumentException("trunks name one profile twice; ids must differ");
        }
        leases = Objects.requireNonNull(counting, "counting");
        profiles = given;
        return this;
    }

    /**
     * The region in whose national form the trunk may send numbers, such as {@code CA}; they become E.164. If not set, numbers
     * stay as they come, and only those with a plus sign count as numbers.
     *
     * @param code ISO 3166
     * @throws IllegalArgumentException if the region is unknown
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder homeRegion(String code) {
        if (!PhoneNumber.isRegion(Objects.requireNonNull(code, "homeRegion"))) {
            throw new IllegalArgumentException("homeRegion is '" + code + "'; expected an ISO 3166 code such as CA");
        }
        homeRegion = code;
        return this;
    }

    /**
     * Whether the record of a call is stored already; asked about calls that ended while the application was away.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder recorded(Predicate<CallRef> value) {
        recorded = Objects.requireNonNull(value, "recorded");
        return this;
    }

    /**
     * When a call is hung up, whatever it does; 6 hours if not set.
     *
     * @param value 1 second to 24 hours
     * @throws IllegalArgumentException if it is shorter or longer
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder longestCall(Duration value) {
        Objects.requireNonNull(value, "longestCall");
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("longestCall is " + value + "; expected 1 second to 24 hours");
        }
        longestCall = value;
        return this;
    }

    /**
     * How many calls may be at work in the application at the same moment; 32 if not set.
     *
     * @param value 1 to 1000
     * @throws IllegalArgumentException if it is less or more
     */
    public AsteriskBuilder threads(int value) {
        if (value < 1 || value > 1000) {
            throw new IllegalArgumentException("threads is " + value + "; expected 1 to 1000");
        }
        threads = value;
        return this;
    }

    /**
     * Is told of every request to Asterisk.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder observer(PstnObserver value) {
        observer = Objects.requireNonNull(value, "observer");
        return this;
    }

    /**
     * The application's clock.
     *
     * @throws NullPointerException if it is null
     */
    public AsteriskBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * Starts connecting and returns at once; see {@link AsteriskProvider#awaitConnected}.
     *
     * @throws IllegalStateException if no handler is set
     * @throws UncheckedIOException if the prompt folder cannot be made or written
     */
    public AsteriskProvider start() {
        if (handler == null) {
            throw new IllegalStateException("no handler is set; calls would find nobody to answer");
        }
        return new AsteriskStart(this, handler).provider();
    }
}
