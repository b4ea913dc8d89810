package io.careflow.pstn.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * OkHttp repeats any request, also a POST, that was answered 503 with {@code Retry-After: 0}, and has no setting against it.
 * Without the header it does not; and a wait of nothing says no more than a missing header does.
 */
final class NoHiddenRepetition implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String wait = response.header("Retry-After");
        return wait != null && wait.strip().matches("0+")
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }
}
