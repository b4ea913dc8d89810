package io.careflow.pstn.flow.machine;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Ending;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Redirect;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.StopRecording;
import io.careflow.pstn.flow.Voicemail;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Flows and signals to walk a machine with. */
final class MachineWalk {
    static final Continuation THEN = Continuation.named("then");

    private MachineWalk() {}

    static List<Step> everyStep() {
        return List.of(
                new Say("Hello", Locale.ENGLISH),
                new Play(URI.create("sound:hello")),
                new Pause(Duration.ofSeconds(1)),
                new SendDigits("12w#"),
                new StartRecording(),
                new StopRecording());
    }

    static List<Ending> everyEnding() {
        return List.of(
                Gather.digits(4, THEN),
                Dial.to(List.of(Destination.sip("sip:1001")), THEN),
                Voicemail.upTo(Duration.ofMinutes(1), THEN),
                new Conference("room", THEN),
                new Enqueue("queue", THEN),
                new Redirect(THEN),
                new Reject(Reject.Reason.BUSY),
                new HangUp(HangupCause.NORMAL_CLEARING));
    }

    static CallFlow flow(List<Step> steps, Ending ending) {
        CallFlow.Draft draft = CallFlow.start();
        steps.forEach(draft::step);
        return draft.end(ending);
    }

    static CallFlow randomFlow(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            steps.add(any(everyStep(), random));
        }
        return flow(steps, any(everyEnding(), random));
    }

    static FlowSignal randomSignal(Random random, int number) {
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> new FlowSignal.Done(number);
            case 4 -> new FlowSignal.Failed(number, "no");
            case 5, 6 -> new FlowSignal.Completed(number, result(random));
            case 7, 8, 9 -> new FlowSignal.NextFlow(randomFlow(random));
            case 10 -> new FlowSignal.NextFlow(randomFlow(random), number);
            case 11 -> new FlowSignal.NextFlow(randomFlow(random), random.nextInt(number + 2));
            case 12 -> new FlowSignal.Done(random.nextInt(number + 2));
            default ->
                random.nextInt(8) == 0
                        ? new FlowSignal.Gone()
                        : new FlowSignal.Completed(random.nextInt(number + 2), result(random));
        };
    }

    private static FlowResult result(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new FlowResult.Input(GatheredInput.digits("1", GatheredInput.End.TIMEOUT));
            case 1 -> new FlowResult.Dialled(Disposition.ANSWERED, HangupCause.NORMAL_CLEARING);
            case 2 -> new FlowResult.Dialled(Disposition.BUSY, HangupCause.USER_BUSY);
            default -> new FlowResult.Over();
        };
    }

    private static <T> T any(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
