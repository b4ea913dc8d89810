package io.careflow.pstn.telnyx;

import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Telnyx's detail records (https://developers.telnyx.com/api-reference/detail-records): one kind per request, newest first
 * whatever is asked, at most 50 on a page, 40 requests in a minute of the clock. The head of each answer says how many are left,
 * and until when; there is no {@code Retry-After}. Thread-safe.
 */
final class DetailRecords {
    private static final int PAGE = 50;
    private static final int MOST_READINGS = 4;
    /** So many pages that one reading has seen already are those of a server that knows no pages. */
    private static final int MOST_KNOWN = 5;

    private static final int MOST_TRIES = 3;
    private static final Duration LONGEST = Duration.ofSeconds(61);
    /** More than these are no seconds to wait but a moment, as one page of the papers has it. */
    private static final long EPOCH = 1_000_000;

    private final TelnyxClient client;
    private volatile Instant closedUntil = Instant.MIN;

    DetailRecords(TelnyxClient client) {
        this.client = client;
    }

    /**
     * All records of a kind, each once, by their ids.
     *
     * @param filters names as they stand inside {@code filter[...]}, and their values
     */
    Collection<Fields> all(String operation, String kind, Map<String, String> filters) {
        HttpCall list = HttpCall.of(operation, "GET", "detail_records").query("filter[record_type]", kind);
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            list = list.query("filter[" + filter.getKey().replace(".", "][") + "]", filter.getValue());
        }
        Map<String, Fields> found = new LinkedHashMap<>();
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            if (readAll(list, found)) {
                break;
            }
        }
        return found.values();
    }

    /**
     * Whether nothing came meanwhile: what comes goes to the front, and shifts the rest to pages that are still to be read. So
     * each reading goes to the end, and the next one finds what came.
     */
    private boolean readAll(HttpCall list, Map<String, Fields> found) {
        boolean still = true;
        long total = -1;
        int known = 0;
        Set<String> seen = new HashSet<>();
        for (int number = 1; ; number++) {
            Fields page = send(list.query("page[number]", Integer.toString(number))
                            .query("page[size]", Integer.toString(PAGE)))
                    .fields();
            List<Fields> records = page.list("data");
            int before = seen.size();
            for (Fields record : records) {
                String id = record.text("id").or(() -> record.text("uuid")).orElseGet(() -> "#" + record.node());
                seen.add(id);
                found.putIfAbsent(id, record);
            }
            known = seen.size() > before ? 0 : known + 1;
            Optional<Fields> meta = page.object("meta");
            long now = meta.map(fields -> fields.longInteger("total_results").orElse(-1))
                    .orElse(-1L);
            still &= number == 1 || now == total;
            total = now;
            long last = meta.map(fields -> fields.longInteger("total_pages").orElse(1))
                    .orElse(1L);
            if (number >= last || records.isEmpty() || known == MOST_KNOWN) {
                return still;
            }
        }
    }

    private HttpReply send(HttpCall call) {
        for (int attempt = 1; ; attempt++) {
            if (!waited(Duration.between(client.clock().instant(), closedUntil))) {
                return noted(client.send(call)); // interrupted: at once, come what may
            }
            try {
                return noted(client.send(call));
            } catch (Throttled e) {
                Duration wait = e.retryAfter().orElse(LONGEST);
                boolean worthIt = attempt < MOST_TRIES && wait.compareTo(LONGEST) <= 0;
                if (!worthIt || !waited(wait)) {
                    throw e;
                }
            }
        }
    }

    private HttpReply noted(HttpReply reply) {
        if (reply.header("x-ratelimit-remaining").map(String::strip).orElse("").equals("0")) {
            Instant until = reset(reply.header("x-ratelimit-reset").orElse(null), client.clock());
            if (until.isAfter(closedUntil)) {
                closedUntil = until;
            }
        }
        return reply;
    }

    private static Instant reset(@Nullable String header, Clock clock) {
        Instant now = clock.instant();
        if (header == null || !header.strip().matches("[0-9]{1,11}")) {
            return now.plus(LONGEST);
        }
        long seconds = Long.parseLong(header.strip());
        Instant until = seconds > EPOCH ? Instant.ofEpochSecond(seconds) : now.plusSeconds(seconds);
        return until.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : until;
    }

    private boolean waited(Duration wait) {
        if (wait.isNegative() || wait.isZero()) {
            return true;
        }
        try {
            client.settings().sleeper().sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
