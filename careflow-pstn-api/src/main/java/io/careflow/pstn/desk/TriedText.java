package io.careflow.pstn.desk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider that took nothing, as an order keeps it. It neither rang nor was it answered, and no network said anything. */
final class TriedText {
    /** An order must fit into the book, whatever a provider says. */
    private static final int LONGEST_REASON = 200;

    private TriedText() {}

    static String write(TriedRoute tried) {
        RouteAttempt attempt = tried.attempt();
        TrunkRef trunk = attempt.trunk();
        Effect effect = attempt.effect();
        return Stream.of(
                        Integer.toString(attempt.number()),
                        attempt.route(),
                        attempt.provider().value(),
                        trunk == null ? "" : trunk.id(),
                        attempt.verdict().cause().name(),
                        attempt.verdict().failover().name(),
                        effect == null ? "" : effect.name(),
                        cut(attempt.because()),
                        tried.called(),
                        cut(tried.stood()),
                        tried.began().toString(),
                        tried.ended().toString(),
                        tried.move().name())
                .map(field -> URLEncoder.encode(field, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }

    static TriedRoute read(String text) {
        List<String> fields = Arrays.stream(text.split(",", -1))
                .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
                .toList();
        ProviderId provider = new ProviderId(fields.get(2));
        String trunk = fields.get(3);
        String effect = fields.get(6);
        RouteAttempt attempt = new RouteAttempt(
                Integer.parseInt(fields.get(0)),
                fields.get(1),
                provider,
                trunk.isEmpty() ? null : new TrunkRef(provider, trunk),
                new CauseVerdict(NeutralCause.valueOf(fields.get(4)), FailoverClass.valueOf(fields.get(5))),
                HangupCause.UNKNOWN,
                effect.isEmpty() ? null : Effect.valueOf(effect),
                fields.get(7));
        return new TriedRoute(
                attempt,
                fields.get(8),
                fields.get(9),
                Instant.parse(fields.get(10)),
                null,
                null,
                Instant.parse(fields.get(11)),
                FailoverDecision.Move.valueOf(fields.get(12)));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }
}
