package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpDownload;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asterisk's REST interface, call by call. Blocking. Thread-safe.
 *
 * <p>A caller may hang up between any two requests. That is no error here: operations on a channel answer false when the
 * channel is gone or has left our application. Everything else that fails throws a {@link PstnException}.
 *
 * <p>Parameters travel as JSON bodies where Asterisk reads them, so that any character survives and no phone number stands
 * in a URL.
 */
final class AriRest {
    // gone; not in our application; not in a state for it; refused by a bridge because it is just ending
    private static final Set<Integer> GONE = Set.of(404, 409, 412, 422);

    private final HttpTransport http;
    private final Json json;
    private volatile boolean numericReasons;

    AriRest(HttpTransport http, Json json) {
        this.http = http;
        this.json = json;
    }

    // --- a channel ---

    boolean answer(String channelId) {
        return onChannel("answer", channelId, json.object());
    }

    boolean ring(String channelId) {
        return onChannel("ring", channelId, json.object());
    }

    /**
     * Ends a channel, wherever it is.
     *
     * @param q850 the cause that the far end is told
     */
    boolean hangup(String channelId, int q850) {
        HttpCall call = HttpCall.of("ari.channel.hangup", "DELETE", "channels", channelId);
        String word = HangupReason.wordFor(q850);
        HttpCall full = numericReasons && word == null
                ? call.query("reason_code", Integer.toString(q850))
                : call.query("reason", word == null ? HangupReason.NORMAL : word);
        return http.send(full.answeredBy(404)).isSuccess();
    }

    boolean setVariable(String channelId, String name, String value) {
        return onChannel(
                "variable", channelId, json.object().put("variable", name).put("value", value));
    }

    /** Empty if the channel is gone; an unset variable is an empty text. */
    Optional<String> variable(String channelId, String name) {
        HttpReply reply = http.send(HttpCall.of("ari.channel.variable.get", "GET", "channels", channelId, "variable")
                .query("variable", name)
                .answeredBy(GONE));
        return reply.isSuccess() ? Optional.of(reply.json().path("value").asText()) : Optional.empty();
    }

    /**
     * What a header of the INVITE says, counted from 1; empty if there is none, or the channel is gone. Read here and not in the
     * dialplan, where what strangers write could mean something.
     */
    Optional<String> header(String channelId, String name, int number) {
        // Asterisk answers 500 where a function fails, as this one does without such a header.
        HttpReply reply = http.send(HttpCall.of("ari.channel.header.get", "GET", "channels", channelId, "variable")
                .query("variable", "PJSIP_HEADER(read," + name + "," + number + ")")
                .answeredBy(404, 409, 412, 422, 500));
        return reply.isSuccess()
                ? Optional.of(reply.json().path("value").asText()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /** Hands the channel back to the dialplan. Its events end here unless {@link #subscribe} was called before. */
    boolean continueInDialplan(String channelId, String context, String extension, int priority) {
        return onChannel(
                "continue",
                channelId,
                json.object()
                        .put("context", context)
                        .put("extension", extension)
                        .put("priority", priority));
    }

    /**
     * Plays media one after another; the end arrives as PlaybackFinished.
     *
     * @param playbackId chosen by us, to recognise the events
     * @param media such as {@code sound:/var/prompts/welcome}, without file extension
     * @param language Asterisk's language code, or null for the channel's own
     */
    boolean play(String channelId, String playbackId, List<String> media, @Nullable String language) {
        ObjectNode body = json.object().put("playbackId", playbackId);
        media.forEach(body.putArray("media")::add);
        return onChannel("play", channelId, language == null ? body : body.put("lang", language));
    }

    boolean stopPlayback(String playbackId) {
        return http.send(HttpCall.of("ari.playback.stop", "DELETE", "playbacks", playbackId)
                        .answeredBy(GONE))
                .isSuccess();
    }

    /**
     * Records what the channel says; the end arrives as RecordingFinished or RecordingFailed.
     *
     * @param name file name below Asterisk's recording folder, without extension; may hold slashes
     * @param maxSeconds 0 for no limit
     * @param maxSilence seconds of silence that end it; 0 for never
     * @param terminateOn none, any, * or #
     * @param ifExists fail, overwrite or append
     * @throws PstnException a Conflict, if the name is taken and {@code ifExists} is fail
     */
    boolean record(
            String channelId,
            String name,
            String format,
            int maxSeconds,
            int maxSilence,
            boolean beep,
            String terminateOn,
            String ifExists) {
        ObjectNode body = json.object()
                .put("name", name)
                .put("format", format)
                .put("maxDurationSeconds", maxSeconds)
                .put("maxSilenceSeconds", maxSilence)
                .put("beep", beep)
                .put("terminateOn", terminateOn)
                .put("ifExists", ifExists);
        HttpReply reply = http.send(write("ari.channel.record", "POST", body, "channels", channelId, "record")
                .answeredBy(404, 409, 412));
        if (reply.status() == 409 && reply.text().contains("already exists")) {
            throw reply.asFailure();
        }
        return reply.isSuccess();
    }

    boolean stopRecording(String name) {
        return http.send(HttpCall.of("ari.recording.stop", "POST", "recordings", "live", name, "stop")
                        .answeredBy(404, 409))
                .isSuccess();
    }

    /** Lets a recording rest. False if there is none of this name. */
    boolean pauseRecording(String name) {
        return http.send(HttpCall.of("ari.recording.pause", "POST", "recordings", "live", name, "pause")
                        .answeredBy(404, 409))
                .isSuccess();
    }

    /** Lets a recording go on. False if there is none of this name. */
    boolean resumeRecording(String name) {
        return http.send(HttpCall.of("ari.recording.resume", "DELETE", "recordings", "live", name, "pause")
                        .answeredBy(404, 409))
                .isSuccess();
    }

    /** Copies the file of a recording; throws NotFound where there is none of this name. */
    long storedFile(String recording, OutputStream sink) throws IOException {
        HttpCall call = HttpCall.of("ari.recording.stored.file", "GET", "recordings", "stored", recording, "file");
        try (HttpDownload download = http.open(call)) {
            return download.copyTo(sink);
        }
    }

    /** Ends a recording and throws away what it has. False if there is none of this name. */
    boolean discardRecording(String name) {
        return http.send(HttpCall.of("ari.recording.discard", "DELETE", "recordings", "live", name)
                        .answeredBy(404, 409))
                .isSuccess();
    }

    /** False if there was none of this name. */
    boolean deleteStored(String recording) {
        return http.send(HttpCall.of("ari.recording.stored.delete", "DELETE", "recordings", "stored", recording)
                        .answeredBy(404))
                .isSuccess();
    }

    /** The names of all recordings that are complete, or were cut off. */
    List<String> storedRecordings() {
        return list(http.send(HttpCall.of("ari.recording.stored.list", "GET", "recordings", "stored"))).stream()
                .map(recording -> recording.path("name").asText())
                .toList();
    }

    /**
     * The file of a recording.
     *
     * @param mostBytes what is beyond is not read
     * @throws PstnException also where there is none of this name
     */
    byte[] storedFile(String recording, int mostBytes) {
        HttpCall call = HttpCall.of("ari.recording.stored.file", "GET", "recordings", "stored", recording, "file");
        try (HttpDownload download = http.open(call);
                InputStream body = download.body()) {
            return body.readNBytes(mostBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the body throws none
        }
    }

    /** Whether this Asterisk has loaded a module, such as {@code func_talkdetect.so}. */
    boolean hasModule(String module) {
        return http.send(HttpCall.of("ari.module.get", "GET", "asterisk", "modules", module)
                        .answeredBy(404, 409))
                .isSuccess();
    }

    /** Whether this playback still goes on. */
    boolean isPlaying(String playbackId) {
        return http.send(HttpCall.of("ari.playback.get", "GET", "playbacks", playbackId)
                        .answeredBy(404))
                .isSuccess();
    }

    /** Whether this recording still goes on. */
    boolean isRecording(String name) {
        return http.send(HttpCall.of("ari.recording.get", "GET", "recordings", "live", name)
                        .answeredBy(404))
                .isSuccess();
    }

    boolean sendDtmf(String channelId, String digits, int betweenMs, int durationMs) {
        return onChannel(
                "dtmf",
                channelId,
                json.object().put("dtmf", digits).put("between", betweenMs).put("duration", durationMs));
    }

    boolean startMoh(String channelId) {
        return onChannel("moh", channelId, json.object());
    }

    boolean stopMoh(String channelId) {
        return http.send(HttpCall.of("ari.channel.moh.stop", "DELETE", "channels", channelId, "moh")
                        .answeredBy(GONE))
                .isSuccess();
    }

    /**
     * Listens to a channel through a second one, which enters the application.
     *
     * @param spy none, both, out or in
     * @param whisper none, both, out or in
     */
    boolean snoop(String channelId, String snoopId, String spy, String whisper, String app, String appArgs) {
        ObjectNode body = json.object()
                .put("snoopId", snoopId)
                .put("spy", spy)
                .put("whisper", whisper)
                .put("app", app)
                .put("appArgs", appArgs);
        return onChannel("snoop", channelId, body);
    }

    /** Empty if the channel is gone. */
    Optional<JsonNode> channel(String channelId) {
        HttpReply reply = http.send(
                HttpCall.of("ari.channel.get", "GET", "channels", channelId).answeredBy(404));
        return reply.isSuccess() ? Optional.of(reply.json()) : Optional.empty();
    }

    /** All channels of this Asterisk, also those of others. */
    List<JsonNode> channels() {
        return list(http.send(HttpCall.of("ari.channel.list", "GET", "channels")));
    }

    /**
     * Calls an endpoint. The channel id is ours, so that a call whose reply was lost can be looked up; this is done here.
     *
     * @return whether Asterisk confirmed it or the channel was found afterwards
     * @throws PstnException effect NONE if there is certainly no such call; UNKNOWN if the reply was lost and the channel
     *     was not there when looked up, which a busy Asterisk may still change
     */
    Originated originate(Origination request) {
        HttpCall call = write("ari.channel.originate", "POST", request.body(json), "channels", request.channelId());
        return new DoubtfulOriginate(this, http).place(call, request.channelId());
    }

    // --- bridges ---

    /** @param type such as {@code mixing} or {@code holding} */
    void createBridge(String bridgeId, String type) {
        http.send(write("ari.bridge.create", "POST", json.object().put("type", type), "bridges", bridgeId));
    }

    /** False if there is none. The channels in it stay in the application. */
    boolean destroyBridge(String bridgeId) {
        return http.send(HttpCall.of("ari.bridge.destroy", "DELETE", "bridges", bridgeId)
                        .answeredBy(404))
                .isSuccess();
    }

    /** False if the channel is gone or the bridge is. */
    boolean addToBridge(String bridgeId, String channelId) {
        return http.send(write(
                                "ari.bridge.add",
                                "POST",
                                json.object().put("channel", channelId),
                                "bridges",
                                bridgeId,
                                "addChannel")
                        .answeredBy(400, 404, 409, 412, 422))
                .isSuccess();
    }

    /** False if the channel is gone or not in it. */
    boolean removeFromBridge(String bridgeId, String channelId) {
        return http.send(write(
                                "ari.bridge.remove",
                                "POST",
                                json.object().put("channel", channelId),
                                "bridges",
                                bridgeId,
                                "removeChannel")
                        .answeredBy(400, 404, 409, 412, 422))
                .isSuccess();
    }

    /** Empty if there is none. */
    Optional<JsonNode> bridge(String bridgeId) {
        HttpReply reply = http.send(
                HttpCall.of("ari.bridge.get", "GET", "bridges", bridgeId).answeredBy(404));
        return reply.isSuccess() ? Optional.of(reply.json()) : Optional.empty();
    }

    /** What the channel says is not heard any more. False if it is gone. */
    boolean mute(String channelId) {
        return onChannel("mute", channelId, json.object().put("direction", "in"));
    }

    boolean unmute(String channelId) {
        return http.send(HttpCall.of("ari.channel.unmute", "DELETE", "channels", channelId, "mute")
                        .query("direction", "in")
                        .answeredBy(GONE))
                .isSuccess();
    }

    List<JsonNode> bridges() {
        return list(http.send(HttpCall.of("ari.bridge.list", "GET", "bridges")));
    }

    // --- the server and our application on it ---

    /** Empty if it is not set, or empty. */
    Optional<String> globalVariable(String name) {
        HttpReply reply = http.send(HttpCall.of("ari.variable.get", "GET", "asterisk", "variable")
                .query("variable", name)
                .answeredBy(404));
        return reply.isSuccess()
                ? Optional.of(reply.json().path("value").asText()).filter(v -> !v.isEmpty())
                : Optional.empty();
    }

    /** An empty value removes it. */
    void setGlobalVariable(String name, String value) {
        http.send(write(
                "ari.variable.set",
                "POST",
                json.object().put("variable", name).put("value", value),
                "asterisk",
                "variable"));
    }

    /**
     * Asks for the events of something also while it is not in the application.
     *
     * @param eventSource such as {@code channel:ID}
     * @return false if the source is gone, or the application has never connected
     */
    boolean subscribe(String app, String eventSource) {
        return http.send(HttpCall.of("ari.app.subscribe", "POST", "applications", app, "subscription")
                        .query("eventSource", eventSource)
                        .answeredBy(404, 422))
                .isSuccess();
    }

    /** False if there was no such subscription. */
    boolean unsubscribe(String app, String eventSource) {
        return http.send(HttpCall.of("ari.app.unsubscribe", "DELETE", "applications", app, "subscription")
                        .query("eventSource", eventSource)
                        .answeredBy(400, 404, 409, 422))
                .isSuccess();
    }

    /** What the server knows of the application: its channels, bridges and subscriptions. Empty if it never connected. */
    Optional<JsonNode> application(String app) {
        HttpReply reply =
                http.send(HttpCall.of("ari.app.get", "GET", "applications", app).answeredBy(404));
        return reply.isSuccess() ? Optional.of(reply.json()) : Optional.empty();
    }

    /**
     * Lets only events of these types through to the application.
     *
     * @return false if this Asterisk is too old for filters, or the application is not connected; all events come then
     */
    boolean eventFilter(String app, Collection<String> allowedTypes) {
        ObjectNode body = json.object();
        allowedTypes.forEach(type -> body.withArray("allowed").add(json.object().put("type", type)));
        return http.send(write("ari.app.filter", "PUT", body, "applications", app, "eventFilter")
                        .answeredBy(404, 405, 501))
                .isSuccess();
    }

    /** Version and start time. Also settles in which form this Asterisk takes hangup causes. */
    AriInfo info() {
        AriInfo info = AriInfo.of(
                http.send(HttpCall.of("ari.info", "GET", "asterisk", "info")).json());
        numericReasons = info.takesNumericHangupReasons();
        return info;
    }

    /** Returns if Asterisk answers. */
    void ping() {
        http.send(HttpCall.of("ari.ping", "GET", "asterisk", "ping"));
    }

    /** Whether there is a recording of this name that is complete, or was cut off. */
    boolean isStored(String recording) {
        return http.send(HttpCall.of("ari.recording.stored.get", "GET", "recordings", "stored", recording)
                        .answeredBy(404))
                .isSuccess();
    }

    private boolean onChannel(String action, String channelId, ObjectNode body) {
        return http.send(write("ari.channel." + action, "POST", body, "channels", channelId, action)
                        .answeredBy(GONE))
                .isSuccess();
    }

    private HttpCall write(String operation, String method, JsonNode body, String... path) {
        return HttpCall.of(operation, method, path).body("application/json", json.write(body));
    }

    private static List<JsonNode> list(HttpReply reply) {
        List<JsonNode> all = new ArrayList<>();
        reply.json().forEach(all::add);
        return all;
    }
}
