package io.careflow.pstn.twilio;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpDownload;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.Reads;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the request classes of twilio-java over our transport and hands out what Twilio answered, field by field. Every failure
 * is a {@link PstnException}; see {@link TwilioErrors}. Thread-safe.
 */
final class TwilioClient {
    /** What twilio-java reads as no resource at all, in no time. */
    private static final String NOTHING = "null";

    private final TwilioSettings settings;
    private final TwilioHttp http;

    TwilioClient(TwilioSettings settings, TwilioHttp http) {
        this.settings = settings;
        this.http = http;
    }

    ProviderId id() {
        return settings.id();
    }

    /** The SID of the account, {@code AC...}. */
    String account() {
        return settings.account();
    }

    Clock clock() {
        return settings.clock();
    }

    TwilioSettings settings() {
        return settings;
    }

    TwilioHttp http() {
        return http;
    }

    /**
     * Sends one request and reads the object that comes back.
     *
     * @param operation fixed name such as {@code number.order}
     * @param request runs a creator, fetcher or updater with the client it is given
     */
    Fields json(String operation, Function<TwilioRestClient, ?> request) {
        return run(operation, NOTHING, request).reply().fields();
    }

    /** The same for an answer without a body, as deleters get it. */
    void done(String operation, Function<TwilioRestClient, ?> request) {
        run(operation, NOTHING, request);
    }

    /** As {@link #json}; empty if Twilio does not know the thing. */
    Optional<Fields> find(String operation, Function<TwilioRestClient, ?> request) {
        try {
            return Optional.of(json(operation, request));
        } catch (NotFound e) {
            return Optional.empty();
        }
    }

    /**
     * Does the reads that come before a write. If they fail, nothing was done, whatever became of the reads themselves.
     *
     * @param operation the write's, which is what failed
     */
    <T> T before(String operation, Supplier<T> reads) {
        return Reads.before(operation, reads);
    }

    /** All elements of all pages; see {@link #pages}. */
    List<Fields> all(String operation, String key, Function<TwilioRestClient, ?> request) {
        List<Fields> all = new ArrayList<>();
        pages(operation, key, request, all::add);
        return all;
    }

    /**
     * Reads a list page by page, following Twilio's own links. An element that comes again because the pages shifted meanwhile
     * is told once, going by its {@code sid}.
     *
     * @param key the field of a page that holds its elements
     * @param request asks a reader for its first page
     */
    void pages(String operation, String key, Function<TwilioRestClient, ?> request, Consumer<Fields> each) {
        String hollow = "{\"" + key + "\":[],\"uri\":\"/\"}";
        OneRequest first = run(operation, hollow, request);
        Fields page = first.reply().fields();
        Set<String> sids = new HashSet<>();
        Set<URI> links = new HashSet<>();
        while (true) {
            for (Fields element : page.list(key)) {
                Optional<String> sid = element.text("sid");
                if (sid.isEmpty() || sids.add(sid.get())) {
                    each.accept(element);
                }
            }
            URI next = next(page);
            if (next == null) {
                return;
            }
            if (!links.add(next)) {
                throw page.wrong("next page", "one that was not read yet");
            }
            page = http.product(first.product())
                    .send(HttpCall.page(operation, below(first.product(), next)))
                    .fields();
        }
    }

    /**
     * Sends a request that was put together by hand.
     *
     * @param product whose host, such as {@code api}
     */
    HttpReply send(String product, HttpCall call) {
        return http.product(product).send(call);
    }

    /** Opens a body that is not kept in memory, at the product {@code api}. */
    HttpDownload open(HttpCall call) {
        return http.product(TwilioHosts.API).open(call);
    }

    private OneRequest run(String operation, String hollow, Function<TwilioRestClient, ?> request) {
        OneRequest one = new OneRequest(http, settings.account(), operation, hollow);
        try {
            Object unused = request.apply(one);
        } catch (TwilioException e) {
            // What twilio-java makes of the hollow answer does not matter once the real one is here.
            if (!one.isAnswered()) {
                throw e;
            }
        }
        return one;
    }

    private static @Nullable URI next(Fields page) {
        Optional<URI> old = page.uri("next_page_uri");
        return old.or(() -> page.object("meta").flatMap(meta -> meta.uri("next_page_url")))
                .orElse(null);
    }

    // Links of the old API are paths, the newer ones are absolute and name Twilio also where another base stands in for
    // it.
    private URI below(String product, URI next) {
        boolean ours = !next.isAbsolute() && next.getRawAuthority() == null;
        if (!ours && !settings.hosts().isTwilio(product, next)) {
            return next; // the transport sends it to its own host only
        }
        String path = String.valueOf(next.getRawPath());
        String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
        return URI.create((path.startsWith("/") ? path.substring(1) : path) + query);
    }
}
