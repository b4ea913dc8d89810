package io.careflow.pstn.http;

import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.PstnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The body of a success, while it comes. Never in memory as a whole, and without the deadline of a whole call: only a silence
 * ends it. Close it, also after a failure. To be used by one thread; {@link #close} may be called by any.
 */
public final class HttpDownload implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final Response response;
    private final Headers headers;
    private final Body body;
    private final Consumer<@Nullable PstnException> ended;
    private final Admission.Permit permit;

    /** @param ended told once or more often what became of it; the first call counts */
    HttpDownload(
            EffectRule rule,
            String operation,
            Response response,
            Consumer<@Nullable PstnException> ended,
            Admission.Permit permit) {
        this.response = response;
        this.headers = response.headers();
        this.body = new Body(rule, operation, response, ended);
        this.ended = ended;
        this.permit = permit;
    }

    /** The HTTP status, 2xx. */
    public int status() {
        return response.code();
    }

    /** The last header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The bytes as they come; reading throws a {@link ProtocolError} if they break off or stay away too long. */
    public InputStream body() {
        return body;
    }

    /**
     * Copies what is left of the body.
     *
     * @return how many bytes these were
     * @throws ProtocolError if the body broke off; the sink then holds its beginning
     * @throws IOException what the sink threw, as it was
     */
    public long copyTo(OutputStream sink) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long copied = 0;
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            sink.write(chunk, 0, read);
            copied += read;
        }
        return copied;
    }

    /** Lets the connection go. What was not read yet is lost; that is no failure. May be called more than once. */
    @Override
    public void close() {
        response.close();
        permit.close();
        ended.accept(null);
    }

    /** Status only. */
    @Override
    public String toString() {
        return "HttpDownload[" + status() + "]";
    }

    /** Tells the provider's failures from those of a sink, by not throwing IOException. */
    private static final class Body extends InputStream {
        private final EffectRule rule;
        private final String operation;
        private final int status;
        private final InputStream in;
        private final Consumer<@Nullable PstnException> ended;

        Body(EffectRule rule, String operation, Response response, Consumer<@Nullable PstnException> ended) {
            this.rule = rule;
            this.operation = operation;
            this.status = response.code();
            this.in = response.body().byteStream();
            this.ended = ended;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into) {
            return read(into, 0, into.length);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            try {
                return in.read(into, offset, length);
            } catch (IOException e) {
                PstnException failure = rule.bodyLost(operation, status, "the answer broke off", e);
                ended.accept(failure);
                throw failure;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
