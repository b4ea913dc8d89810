package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.tck.LogCapture;
import io.careflow.pstn.tck.LogbackCapture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogbackCaptureTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogbackCaptureTest.class);

    @Test
    @DisplayName("takes every level with arguments and causes while it is open, and nothing afterwards")
    void takes() {
        LogCapture open = new LogbackCapture();
        try (open) {
            LOG.trace("argument {}", "seven");
            LOG.error("failed", new IllegalStateException("outer", new IllegalArgumentException("inner")));
        }
        LOG.error("Only a test: this line is what is logged after a capture was closed");
        open.close();
        assertThat(open.lines()).hasSize(2);
        assertThat(open.lines().get(0)).contains("argument seven");
        assertThat(open.lines().get(1)).contains("outer", "inner");
    }

    @Test
    @DisplayName("where nothing is logged, that has a reason")
    void none() {
        try (LogCapture none = LogCapture.none("has no logger")) {
            assertThat(none.impossible()).contains("has no logger");
            assertThat(none.lines()).isEmpty();
        }
    }
}
