package io.careflow.pstn.voipms;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recordings at VoIP.ms: MP3, made where {@link VoipMsOptions} says so of a number or a trunk, and not to be halted. Their ids hold
 * the account, as nothing can be asked of a recording without it: {@code 100001_clinic:...}. Thread-safe.
 */
final class VoipMsRecordings implements Recordings, AccountRecordings {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_]{1,40}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,40}:[\\x21-\\x7e]{1,512}");
    private static final String READY = "ready";
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 1000;

    /** How far the beginnings of a call and of its recording may be apart. */
    private static final Duration APART = Duration.ofSeconds(10);

    private final VoipMsClient client;
    private final VoipMsCdrs cdrs;
    private final EmbeddedFile file;

    VoipMsRecordings(VoipMsClient client, VoipMsCdrs cdrs) {
        this.client = client;
        this.cdrs = cdrs;
        this.file = new EmbeddedFile(client, "base64file");
    }

    /** Those of the call's account that began when it did and are not longer than it was, as far as its record tells. */
    @Override
    public List<Recording> list(CallRef call) {
        Optional<ProviderCdr> found = cdrs.find("recording.list", call);
        String account =
                found.map(cdr -> cdr.details().getOrDefault("account", "")).orElse("");
        Instant started = found.map(ProviderCdr::started).orElse(null);
        if (found.isEmpty() || started == null || !ACCOUNT.matcher(account).matches()) {
            return List.of();
        }
        String destination = found.get().to().address();
        Map<String, Recording> all = new LinkedHashMap<>();
        for (RecordDays days : RecordDays.of(VoipMsClock.newYork(), started.minus(APART), started.plus(APART))) {
            for (Fields row : rows("recording.list", account, days)) {
                boolean fits =
                        CdrRows.number(row.text("destination").orElse("")).equals(destination)
                                && RecordDays.isWithin(
                                        days.moment(row, "datetime"),
                                        started.minus(APART),
                                        started.plus(APART).plusMillis(1));
                if (fits) {
                    Recording recording = recording(account, row, days, call);
                    all.putIfAbsent(recording.ref().id(), recording);
                }
            }
        }
        return List.copyOf(all.values());
    }

    @Override
    public List<Recording> list(String account, Instant from, Instant to) {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException("account is no login of VoIP.ms; expected one like 100001_clinic");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "span " + from + " to " + to + " is empty; its end must lie after its start");
        }
        Map<String, Recording> all = new LinkedHashMap<>();
        for (RecordDays days : RecordDays.of(VoipMsClock.newYork(), from, to)) {
            for (Fields row : rows("recording.list", account, days)) {
                if (RecordDays.isWithin(days.moment(row, "datetime"), from, to)) {
                    Recording recording = recording(account, row, days, null);
                    all.putIfAbsent(recording.ref().id(), recording);
                }
            }
        }
        return all.values().stream()
                .sorted(Comparator.comparing(VoipMsRecordings::startedAt))
                .toList();
    }

    /** What VoIP.ms tells of one recording it tells with the whole file, so this takes as long as a download. */
    @Override
    public Optional<Recording> fetch(RecordingRef recording) {
        if (!isOurs(recording)) {
            return Optional.empty();
        }
        try {
            Fields row = file.around(asking("recording.fetch", "getCallRecording", recording));
            Instant now = client.clock().instant();
            RecordDays days = RecordDays.of(VoipMsClock.newYork(), now, now).get(0);
            return row.has("callrecording") || row.has("datetime")
                    ? Optional.of(recording(row, days, null, recording))
                    : Optional.empty();
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    @Override
    public long download(RecordingRef recording, RecordingFormat format, OutputStream sink) throws IOException {
        String operation = "recording.download";
        if (format != RecordingFormat.MP3) {
            throw new UnsupportedFeature(client.id(), operation, "a recording as " + format, List.of("MP3"));
        }
        if (!isOurs(recording)) {
            throw new NotFound(Failure.of(client.id(), operation, Effect.NONE, "there is no such recording"));
        }
        return file.copy(asking(operation, "getCallRecording", recording), sink);
    }

    @Override
    public void delete(RecordingRef recording) {
        if (!isOurs(recording)) {
            return;
        }
        try {
            Fields unused = client.write(asking("recording.delete", "delCallRecording", recording));
        } catch (NotFound e) {
            // Gone already.
        }
    }

    @Override
    public void pause(CallRef call) {
        throw unsupported("recording.pause");
    }

    @Override
    public void resume(CallRef call) {
        throw unsupported("recording.resume");
    }

    // VoIP.ms counts pages by the rows that were shown; one that knows no pages shows the same again.
    private List<Fields> rows(String operation, String account, RecordDays days) {
        Map<String, Fields> all = new LinkedHashMap<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Fields> rows = client.list(
                    VoipMsCall.of(operation, "getCallRecordings")
                            .with("account", account)
                            .with("date_from", days.first().toString())
                            .with("date_to", days.last().toString())
                            .with("call_type", "all")
                            .with("start", Integer.toString(page * PAGE))
                            .with("length", Integer.toString(PAGE)),
                    "recordings");
            int before = all.size();
            rows.forEach(row -> all.putIfAbsent(row.requireText("callrecording"), row));
            if (rows.size() < PAGE || all.size() == before) {
                break;
            }
        }
        return List.copyOf(all.values());
    }

    private Recording recording(String account, Fields row, RecordDays days, @Nullable CallRef call) {
        String id = account + ":" + row.requireText("callrecording");
        return recording(row, days, call, new RecordingRef(client.id(), id));
    }

    private static Recording recording(Fields row, RecordDays days, @Nullable CallRef call, RecordingRef ref) {
        return new Recording(
                ref,
                call,
                Recording.Status.READY,
                READY,
                days.moment(row, "datetime").map(VoipMsClock.Reading::instant).orElse(null),
                RecordDays.length(row, "duration").orElse(null),
                0);
    }

    private static VoipMsCall asking(String operation, String method, RecordingRef recording) {
        return VoipMsCall.of(operation, method)
                .with("account", account(recording))
                .with("callrecording", recording.id().substring(recording.id().indexOf(':') + 1));
    }

    private static String account(RecordingRef recording) {
        return recording.id().substring(0, recording.id().indexOf(':'));
    }

    private boolean isOurs(RecordingRef recording) {
        return recording.provider().equals(client.id())
                && ID.matcher(recording.id()).matches();
    }

    private UnsupportedFeature unsupported(String operation) {
        return new UnsupportedFeature(
                client.id(), operation, "halting a recording", List.of("recording of whole calls, by number or trunk"));
    }

    private static Instant startedAt(Recording recording) {
        Instant at = recording.startedAt();
        return at == null ? Instant.EPOCH : at;
    }
}
