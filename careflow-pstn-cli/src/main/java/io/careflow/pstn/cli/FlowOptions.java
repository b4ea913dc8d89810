package io.careflow.pstn.cli;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.flow.Step;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a call does once it is answered. */
final class FlowOptions {
    @ArgGroup(exclusive = true, multiplicity = "0..*")
    private List<Part> parts = new ArrayList<>();

    @Option(names = "--language", paramLabel = "TAG", description = "The language of --say: en (default), fr-CA.")
    private Locale language = Locale.ENGLISH;

    @Option(
            names = "--dial",
            paramLabel = "WHOM",
            description =
                    "Then connects a number or SIP address. May be repeated: all ring, the first that answers has it.")
    private List<Destination> dial = new ArrayList<>();

    /** One step, in the order in which it was typed. */
    static final class Part {
        @Option(names = "--say", paramLabel = "TEXT", description = "Speaks a text.")
        @Nullable
        private String say;

        @Option(names = "--play", paramLabel = "URL", description = "Plays a recording.")
        @Nullable
        private URI play;

        @Option(names = "--pause", paramLabel = "TIME", description = "Waits in silence.")
        @Nullable
        private Duration pause;

        @Option(names = "--digits", paramLabel = "KEYS", description = "Sends DTMF; w waits half a second.")
        @Nullable
        private String digits;

        private Step step(Locale language) {
            if (say != null) {
                return new Say(say, language);
            } else if (play != null) {
                return new Play(play);
            } else if (pause != null) {
                return new Pause(pause);
            }
            return new SendDigits(Typed.required(digits));
        }
    }

    CallFlow flow() {
        if (parts.isEmpty() && dial.isEmpty()) {
            throw new BadUsage("nothing happens once they answer; give --say, --play, --digits or --dial");
        }
        CallFlow.Draft draft = CallFlow.start();
        parts.forEach(part -> draft.step(part.step(language)));
        return dial.isEmpty() ? draft.hangUp() : draft.dial(Dial.to(dial, Continuation.named("cli-dialled")));
    }

    /** Whom it dials. */
    List<Destination> dialled() {
        return dial;
    }

    /** The same for people. */
    List<String> described(boolean recorded) {
        List<String> lines = new ArrayList<>();
        if (recorded) {
            lines.add("record");
        }
        for (Part part : parts) {
            Step step = part.step(language);
            lines.add(
                    step instanceof Say say
                            ? "say (" + say.language().toLanguageTag() + "): " + say.text()
                            : step instanceof Play play
                                    ? "play " + Values.text(play.media())
                                    : step instanceof Pause pause ? "pause " + pause.length() : "send digits");
        }
        dial.forEach(whom -> lines.add("dial " + whom.address()));
        return lines;
    }
}
