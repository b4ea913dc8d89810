package io.careflow.pstn.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Watches one exchange for the only moment that matters to the effect rule: the first byte of the request leaving. */
final class SendProbe extends EventListener {
    private volatile boolean sent;

    @Override
    public void requestHeadersStart(Call call) {
        sent = true;
    }

    boolean mayHaveBeenSent() {
        return sent;
    }
}
