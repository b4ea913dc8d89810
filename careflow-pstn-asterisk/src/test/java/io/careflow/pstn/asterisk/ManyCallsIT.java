package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.lab.LoadResult;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipCaller;
import io.careflow.pstn.lab.SipLoad;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Many calls with all kinds of endings")
class ManyCallsIT extends RealCalls {
    private static final int OF_EACH = 100;
    private static final Duration MOMENT = Duration.ofMillis(200);

    @Test
    @DisplayName("500 calls, some 20 at once: a record of each, and nothing is left")
    void fiveHundred() {
        user("2", "1002", PhoneScript.answer(MOMENT).hangUpAfter(MOMENT));
        user("3", "1003", PhoneScript.busy(MOMENT));
        user("4", "1004", PhoneScript.decline(MOMENT));
        rig.start();
        List<LoadResult> results = inParallel(Stream.of(
                caller("+15551230002"),
                caller("+15551230003"),
                caller("+15551230004"),
                caller(Rig.PERSONAL),
                caller(Rig.MAIN).press(MOMENT, "00").hangUpAfter(MOMENT)));

        assertThat(results).allSatisfy(result -> {
            assertThat(result.created()).isEqualTo(OF_EACH);
            assertThat(result.failed()).isZero();
        });
        Map<Disposition, Integer> endings = new EnumMap<>(Disposition.class);
        for (int i = 0; i < 5 * OF_EACH; i++) {
            Cdr cdr = rig.cdr();
            endings.merge(cdr.disposition(), 1, Integer::sum);
        }
        assertThat(endings)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Disposition.ANSWERED, OF_EACH,
                        Disposition.BUSY, OF_EACH,
                        Disposition.REJECTED, OF_EACH,
                        Disposition.NOT_REGISTERED, OF_EACH,
                        Disposition.ABANDONED, OF_EACH));
        assertThat(rig.cdrs).isEmpty();
    }

    private void user(String id, String phone, PhoneScript script) {
        phone(phone, script);
        rig.user(id, "000" + id, List.of("sip:" + phone), false);
        rig.did("+1555123000" + id, id);
    }

    private static List<LoadResult> inParallel(Stream<SipCaller> callers) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<LoadResult>> loads = callers.map(caller -> CompletableFuture.supplyAsync(
                            () -> SipLoad.of(caller)
                                    .calls(OF_EACH)
                                    .perSecond(5)
                                    .concurrent(20)
                                    .run(),
                            threads))
                    .toList();
            return loads.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
