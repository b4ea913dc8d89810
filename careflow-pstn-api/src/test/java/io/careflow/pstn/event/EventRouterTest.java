package io.careflow.pstn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventRouterTest {
    private static final CallRef CALL = new CallRef(new ProviderId("test"), "c1");
    private static final PstnEvent ANSWERED = new CallAnswered("a", Instant.EPOCH, CALL);
    private static final PstnEvent RINGING = new LegRinging("r", Instant.EPOCH, CALL, "l");

    @Test
    @DisplayName("an event goes to the handler of exactly its type, else to the last resort")
    void routes() {
        EventRouter<String> router = EventRouter.<String>builder()
                .on(CallAnswered.class, event -> "answered " + event.id())
                .otherwise(event -> "other " + event.id());
        assertThat(router.route(ANSWERED)).isEqualTo("answered a");
        assertThat(router.route(RINGING)).isEqualTo("other r");
        assertThat(router.route(new Unrecognized("u", Instant.EPOCH, "new.kind", "{}")))
                .isEqualTo("other u");
    }

    @Test
    @DisplayName("two handlers for one type, and a handler for a kind of events, are refused by name")
    void refused() {
        EventRouter.Builder<String> builder = EventRouter.<String>builder().on(CallAnswered.class, event -> "");
        assertThatThrownBy(() -> builder.on(CallAnswered.class, event -> "")).hasMessageContaining("CallAnswered");
        assertThatThrownBy(() -> builder.on(CallEvent.class, event -> "")).hasMessageContaining("CallEvent");
    }

    @Test
    @DisplayName("a finished router is not changed by its builder")
    void immutable() {
        EventRouter.Builder<String> builder = EventRouter.builder();
        EventRouter<String> router = builder.otherwise(event -> "other");
        builder.on(CallAnswered.class, event -> "answered");
        assertThat(router.route(ANSWERED)).isEqualTo("other");
    }
}
