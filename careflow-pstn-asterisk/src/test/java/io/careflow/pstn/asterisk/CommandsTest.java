package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.OutboundCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A command to place a call")
class CommandsTest {
    private static final PhoneNumber NUMBER = new PhoneNumber("+14165550100");
    private static final String PLACE = "POST /ari/channels/cf-";

    private final FakeAri asterisk = FakeCalls.asterisk();

    @TempDir
    private Path prompts = Path.of("set by JUnit");

    @AfterEach
    void stop() throws IOException {
        asterisk.close();
    }

    @Test
    @DisplayName("given by two threads at once, a hundred times: places one call each time, and both are told of it")
    void twice() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (FakeCalls calls = calls(builder -> builder)) {
            for (int i = 0; i < 100; i++) {
                CallRequest request = request("c" + i);
                CyclicBarrier together = new CyclicBarrier(2);
                Callable<Call> place = () -> {
                    together.await();
                    return calls.control().place(request);
                };
                List<Future<Call>> both = threads.invokeAll(List.of(place, place));
                assertThat(both.get(0).get().ref()).isEqualTo(both.get(1).get().ref());
            }

            assertThat(calls.requests(PLACE)).hasSize(100).doesNotHaveDuplicates();
            assertThat(calls.events(OutboundCall.class)).hasSize(100);
            assertThat(calls.events(CallEnded.class)).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("given again after its call is over: places none")
    void afterTheEnd() throws Exception {
        try (FakeCalls calls = calls(builder -> builder)) {
            Call first = calls.control().place(request("once"));
            calls.destroyed(first.ref().id());
            await().until(() -> calls.events(CallEnded.class).size() == 1);

            assertThat(calls.control().place(request("once")).ref()).isEqualTo(first.ref());

            assertThat(calls.requests(PLACE)).hasSize(1);
            assertThat(calls.provider.liveCalls()).isZero();
        }
    }

    @Test
    @DisplayName("given again for another call: is a conflict")
    void another() throws Exception {
        try (FakeCalls calls = calls(builder -> builder)) {
            CallRequest request = request("one");
            CallRequest other = CallRequest.of(
                    request.commandId(), NUMBER, Destination.number(new PhoneNumber("+14165550199")), FakeCalls.BYE);
            calls.control().place(request);

            assertThatThrownBy(() -> calls.control().place(other))
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("another request");
            assertThat(calls.requests(PLACE)).hasSize(1);
        }
    }

    @Test
    @DisplayName("of which Asterisk has the channel already: the call stays")
    void alreadyThere() throws Exception {
        asterisk.answer(PLACE, 409, "{}");
        try (FakeCalls calls = calls(builder -> builder)) {
            calls.control().place(request("again"));

            assertThat(calls.provider.liveCalls()).isOne();
            assertThat(calls.events(OutboundCall.class)).hasSize(1);
            assertThat(calls.events(CallEnded.class)).isEmpty();
        }
    }

    @Test
    @DisplayName("of a call that is in the records: places none")
    void recorded() throws Exception {
        try (FakeCalls calls = calls(builder -> builder.recorded(ref -> true))) {
            calls.control().place(request("old"));

            assertThat(calls.requests(PLACE)).isEmpty();
            assertThat(calls.events).isEmpty();
        }
    }

    private FakeCalls calls(UnaryOperator<AsteriskBuilder> more) throws InterruptedException {
        return new FakeCalls(asterisk, prompts, FakeCalls.BYE, more).connected();
    }

    private static CallRequest request(String command) {
        return CallRequest.of(new CommandId(command), NUMBER, Destination.number(NUMBER), FakeCalls.BYE);
    }
}
