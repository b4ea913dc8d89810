package io.careflow.pstn.http;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;

/** Watches one exchange for what matters to the effect rule: the first byte of the request leaving, and the answer's status. */
final class SendProbe extends EventListener {
    private volatile boolean sent;
    private volatile int status;

    @Override
    public void requestHeadersStart(Call call) {
        sent = true;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        status = response.code();
    }

    /** Whether a refusal came that OkHttp did not hand over, such as a 407 without a proxy. */
    boolean wasRefused() {
        return status >= 400 && status < 500;
    }

    int status() {
        return status;
    }

    boolean mayHaveBeenSent() {
        return sent;
    }
}
