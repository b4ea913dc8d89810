package io.careflow.pstn.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.PstnException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A transport to misbehaving servers, with a clock that only tests move, and pauses that are noted and not waited. */
final class Loopback implements AutoCloseable {
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final List<String> observed = new CopyOnWriteArrayList<>();
    final Hand clock = new Hand();
    private final List<AutoCloseable> open = new ArrayList<>();

    RawServer serve(String... replies) {
        return keep(RawServer.answering(replies));
    }

    RawServer serve(RawServer.Behaviour behaviour) {
        return keep(new RawServer(behaviour));
    }

    HttpTransport transport(RawServer server) {
        return transport(server.uri(), builder -> builder);
    }

    HttpTransport transport(RawServer server, UnaryOperator<HttpTransportBuilder> more) {
        return transport(server.uri(), more);
    }

    HttpTransport transport(URI uri, UnaryOperator<HttpTransportBuilder> more) {
        return keep(more.apply(HttpTransport.builder(new ProviderId("test"), uri)
                        .basicAuth("user", Secret.of("s3cret"))
                        .deadlines(Duration.ofSeconds(3), Duration.ofMillis(1500), Duration.ofSeconds(4))
                        .maxBody(1000)
                        .clock(clock)
                        .pauses(
                                pause -> {
                                    pauses.add(pause);
                                    clock.pass(pause);
                                },
                                new Random(1))
                        .observer((provider, operation) -> {
                            observed.add("start " + operation);
                            return failed -> observed.add("end "
                                    + (failed == null ? null : failed.getClass().getSimpleName()));
                        }))
                .build());
    }

    static PstnException failure(HttpTransport transport, HttpCall call) {
        return catchThrowableOfType(PstnException.class, () -> transport.send(call));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    /** A clock moved by hand. */
    static final class Hand extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

        synchronized void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
