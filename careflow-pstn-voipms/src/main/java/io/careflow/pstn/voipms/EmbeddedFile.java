package io.careflow.pstn.voipms;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpDownload;
import io.careflow.pstn.http.Json;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Answers with a file in Base64 among their fields, decoded while they come: neither the text nor the file is ever in memory.
 * Thread-safe.
 */
final class EmbeddedFile {
    private static final Base64Variant BASE64 = Base64Variants.MIME.withPaddingAllowed();

    private final VoipMsClient client;
    private final String field;
    private final JsonFactory factory = new JsonFactory();

    /** @param field that holds the file */
    EmbeddedFile(VoipMsClient client, String field) {
        this.client = client;
        this.field = field;
    }

    /**
     * Copies the file into a sink.
     *
     * @return how many bytes it has
     * @throws NotFound if there is none
     * @throws IOException what the sink threw
     */
    long copy(VoipMsCall call, OutputStream sink) throws IOException {
        Counting counted = new Counting(sink);
        Fields unused = taken(call, counted);
        if (counted.written == 0) {
            throw none(call);
        }
        return counted.written;
    }

    /**
     * The other fields.
     *
     * @throws NotFound if there is no such file
     */
    Fields around(VoipMsCall call) {
        try {
            return taken(call, new Counting(OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new IllegalStateException("nothing was written anywhere", e);
        }
    }

    private Fields taken(VoipMsCall call, Counting sink) throws IOException {
        try (HttpDownload download = client.open(call);
                JsonParser parser = factory.createParser(download.body())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw broken(call, "the answer is no JSON object");
            }
            return Fields.of(client.id(), call.operation(), taken(call, parser, sink));
        } catch (JsonProcessingException e) {
            // Its message may quote what was answered.
            throw broken(call, "the answer is no JSON to its end");
        }
    }

    private ObjectNode taken(VoipMsCall call, JsonParser parser, Counting sink) throws IOException {
        ObjectNode rest = new Json().object();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals(field) && value == JsonToken.VALUE_STRING) {
                int unused = parser.readBinaryValue(BASE64, sink);
            } else if (value.isScalarValue()) {
                rest.put(name, value == JsonToken.VALUE_NULL ? "" : parser.getText());
            } else {
                JsonParser unused = parser.skipChildren();
            }
        }
        String status = rest.path("status").asText();
        if (VoipMsErrors.isEmpty(status)) {
            throw none(call);
        }
        if (!status.equalsIgnoreCase("success")) {
            throw broken(call, "the answer does not say that it is a success");
        }
        return rest;
    }

    private NotFound none(VoipMsCall call) {
        return new NotFound(Failure.of(client.id(), call.operation(), Effect.NONE, "there is no file of it (yet)"));
    }

    private ProtocolError broken(VoipMsCall call, String reason) {
        return new ProtocolError(Failure.of(client.id(), call.operation(), Effect.UNKNOWN, reason));
    }

    /** Counts what goes through. */
    private static final class Counting extends OutputStream {
        private final OutputStream sink;
        long written;

        Counting(OutputStream sink) {
            this.sink = sink;
        }

        @Override
        public void write(int one) throws IOException {
            sink.write(one);
            written++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            sink.write(bytes, from, length);
            written += length;
        }
    }
}
