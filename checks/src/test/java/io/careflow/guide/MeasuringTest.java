package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.AsteriskBuilder;
import io.careflow.pstn.micrometer.MicrometerObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import org.junit.jupiter.api.Test;

class MeasuringTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void operationsAreMeasured() {
        assertThat(measured(URI.create("http://127.0.0.1:8088/ari"), Secret.of("unused")))
                .isNotNull();

        observer().started(new ProviderId("pbx"), "call.place").ended(null);

        assertThat(registry.get("careflow.pstn.operations").timer().count()).isEqualTo(1);
    }

    private AsteriskBuilder measured(URI ari, Secret password) {
        // snippet: metrics
        PstnObserver observer = new MicrometerObserver(registry);
        AsteriskBuilder asterisk = AsteriskBuilder.of(ari, "careflow", password).observer(observer);
        // end
        return asterisk;
    }

    private PstnObserver observer() {
        return new MicrometerObserver(registry);
    }
}
