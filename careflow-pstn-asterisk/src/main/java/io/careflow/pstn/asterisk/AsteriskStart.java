package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.machine.FlowCommand;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of an {@link AsteriskProvider} together and starts them. */
final class AsteriskStart {
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
            "RecordingStarted",
            "RecordingFinished",
            "RecordingFailed",
            "ChannelTalkingStarted",
            "ChannelTalkingFinished");
    private static final Set<String> STEPS = Set.of(
            "play",
            "pause",
            "send-digits",
            "start-recording",
            "stop-recording",
            "notice",
            "gather",
            "conference",
            Conference.HOST,
            "dial",
            Dial.LABEL,
            Dial.WARNING,
            Dial.NOTICE,
            "voicemail",
            "redirect",
            "reject",
            "hang-up");

    private final AsteriskBuilder b;
    private final FlowHandler handler;

    AsteriskStart(AsteriskBuilder b, FlowHandler handler) {
        this.b = b;
        this.handler = handler;
    }

    AsteriskProvider provider() {
        if (b.speech instanceof EspeakNg espeak && !espeak.isInstalled()) {
            log.warn(
                    "the program of {} is not on the path; nothing will be spoken until it is installed",
                    espeak.name());
        }
        PromptMedia promptMedia = promptMedia();
        Json json = new Json();
        HttpTransport transport = HttpTransport.builder(b.id, b.ari)
                .basicAuth(b.user, b.password)
                .keepAlive(b.threads, IDLE_CONNECTION)
                .limits(Limits.none())
                .observer(b.observer)
                .build();
        AriRest rest = new AriRest(transport, json);
        ScheduledExecutorService timers = timers();
        Mailboxes mailboxes = new Mailboxes(
                "asterisk-calls", b.threads, 1000, 100_000, (call, e) -> log.error("call {} failed", call, e));
        Recognition recognition =
                b.recognizer == null ? null : new Recognition(b.recognizer, b.recognitionLimit, b.recognitionsAtOnce);
        Switchboard board = new Switchboard(
                b.id,
                b.ari,
                b.app,
                rest,
                new Endpoints(b.id, b.homeHosts, b.trunk, b.usersThrough),
                new Trunks(b.id, b.leases, b.profiles, b.clock),
                promptMedia,
                application(),
                mailboxes,
                timers,
                new Slots(),
                new EndRecords(rest, b.app),
                new Rooms(rest),
                b.longestCall,
                recognition,
                b.machines,
                b.alarms);
        Health state = new Health(b.ari, b.health, b.clock);
        Recovery recovery = new Recovery(board, b.recorded);
        Calls calls = new Calls(board, recovery, state, b.homeRegion);
        AriEvents connection = new AriEvents(
                transport,
                rest,
                json,
                AriSettings.of(b.ari, b.user, b.app, EVENTS),
                calls,
                timers,
                RandomGenerator.getDefault(),
                b.clock);
        AsteriskCallControl control = new AsteriskCallControl(board, calls, b.recorded, b.clock);
        connection.start();
        ScheduledFuture<?> unused = timers.scheduleWithFixedDelay(
                () -> mailboxes.submit("sweep", () -> recovery.sweep(calls)),
                SWEEP_SECONDS,
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
        ScheduledFuture<?> unusedRenewals = timers.scheduleWithFixedDelay(
                () -> {
                    calls.renewLines();
                    mailboxes.submit("sweep", board.trunks()::sweep);
                },
                Trunks.RENEWAL.toSeconds(),
                Trunks.RENEWAL.toSeconds(),
                TimeUnit.SECONDS);
        return new AsteriskProvider(
                b.id,
                control,
                new AsteriskRecordings(board, calls, control),
                new AsteriskConferences(board, control),
                calls,
                state,
                connection,
                mailboxes,
                timers,
                () -> {
                    if (recognition != null) {
                        recognition.close();
                    }
                    transport.close();
                });
    }

    private FlowRunner.Application application() {
        Set<String> steps = new HashSet<>(STEPS);
        if (b.speech != null) {
            steps.add("say");
        }
        if (b.recognizer != null) {
            steps.add("gather-speech");
        }
        if (!b.profiles.isEmpty()) {
            steps.add(Dial.OVER);
        }
        CallFlow sorry = b.apology;
        if (sorry == null) {
            CallFlow.Draft draft = CallFlow.start();
            sorry = (b.speech == null
                            ? draft
                            : draft.say("We are sorry. Something went wrong. Please try again later.", Locale.ENGLISH))
                    .hangUp();
        }
        return new FlowRunner.Application(
                        handler, new FlowSupport(steps), sorry, b.events::accept, new LoggedFailures())
                .requireApology(b.id);
    }

    private PromptMedia promptMedia() {
        try {
            if (Files.isDirectory(b.prompts)) {
                checkExisting();
            } else {
                Files.createDirectories(b.prompts);
                Files.setPosixFilePermissions(b.prompts, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            SpeechCache cache = b.speech == null ? null : new SpeechCache(b.speech, b.prompts, 500_000_000L, b.clock);
            return new PromptMedia(cache, b.prompts);
        } catch (IOException e) {
            throw new UncheckedIOException("prompt folder " + b.prompts + " cannot be made or written: " + e, e);
        }
    }

    // Its permissions are its owner's choice.
    private void checkExisting() throws IOException {
        if (!Files.isWritable(b.prompts)) {
            throw new AccessDeniedException(b.prompts.toString());
        }
        if (!Files.getPosixFilePermissions(b.prompts)
                .containsAll(Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE))) {
            log.warn(
                    "others than owner and group cannot read the prompt folder {}; Asterisk must be able to",
                    b.prompts);
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
