package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.lab.PhoneScript;
import io.careflow.pstn.lab.SipPhone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the application is told of a call")
class CallEventsIT extends RealCalls {
    private static final Pattern ANSWERED = Pattern.compile("(?m)^CF_UP=([0-9]{13})");

    @Test
    @DisplayName("comes in the order in which it happened, also while other calls go on")
    void inOrder() {
        phone("1001", PhoneScript.answer(Duration.ofMillis(300)).hangUpAfter(Duration.ofMillis(400)));
        rig.start();
        Stream.of("1", "2", "3")
                .forEach(last -> dial(caller(Rig.MAIN).from(CALLER + last).press(Duration.ofMillis(300), "0001")));
        Stream.of(1, 2, 3).forEach(call -> rig.cdr());

        Map<CallRef, List<CallEvent>> calls = rig.events.stream().collect(Collectors.groupingBy(CallEvent::call));
        assertThat(calls).hasSize(3);
        assertThat(calls.values()).allSatisfy(events -> {
            assertThat(events).extracting(PstnEvent::occurredAt).isSorted();
            assertThat(events).extracting(PstnEvent::id).doesNotHaveDuplicates();
            List<Class<?>> kinds = events.stream()
                    .<Class<?>>map(Object::getClass)
                    .filter(kind -> kind != CallNoted.class)
                    .toList();
            assertThat(kinds)
                    .containsExactly(
                            InboundCall.class,
                            CallAnswered.class,
                            InputGathered.class,
                            LegDialled.class,
                            LegRinging.class,
                            LegAnswered.class,
                            LegEnded.class,
                            DialEnded.class,
                            CallEnded.class);
        });
    }

    @Test
    @DisplayName("would survive: the moment of the answer is kept on the caller's channel")
    void answerIsKept() {
        SipPhone phone = phone("1001", PhoneScript.answer(Duration.ofMillis(300)));
        rig.start();
        dialMain("0001");
        awaitEvent(LegAnswered.class);
        await().until(() -> keptAnswer() > 0);
        assertThat(Duration.between(said(phone, 200), Instant.ofEpochMilli(keptAnswer())))
                .isCloseTo(Duration.ZERO, tolerance());
        phone.hangUp();

        rig.cdr();
    }

    private long keptAnswer() {
        return rig.server
                .cli("core show channels concise")
                .lines()
                .filter(line -> line.startsWith("PJSIP/carrier"))
                .map(line -> line.substring(0, line.indexOf('!')))
                .map(channel -> ANSWERED.matcher(rig.server.cli("core show channel " + channel)))
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElse(0);
    }
}
