package io.careflow.pstn.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body that OkHttp must not send a second time by itself, as it otherwise would after some answers (408, 421). */
final class OneShotBody extends RequestBody {
    private static final MediaType FORM = MediaType.get(HttpCall.FORM);

    private final byte[] content;
    private final @Nullable MediaType type;

    private OneShotBody(byte[] content, @Nullable MediaType type) {
        this.content = content;
        this.type = type;
    }

    static @Nullable RequestBody of(HttpCall call) {
        byte[] content = call.body();
        if (content != null) {
            return new OneShotBody(content, type(call.contentType()));
        }
        boolean needsOne = call.method().equals("POST")
                || call.method().equals("PUT")
                || call.method().equals("PATCH");
        return needsOne ? new OneShotBody(new byte[0], null) : null;
    }

    // Reading a type costs more than sending it.
    private static MediaType type(String text) {
        return text.equals(HttpCall.FORM) ? FORM : MediaType.get(text);
    }

    @Override
    public @Nullable MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return content.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(content);
    }
}
