package io.careflow.pstn.twilio;

import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.flow.StartRecording;
import io.careflow.pstn.flow.Step;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Steps as TwiML. Thread-safe. */
final class StepTwiml {
    private static final Set<String> FETCHED = Set.of("http", "https");

    private final FlowSettings settings;
    private final Languages spoken = Languages.spoken();
    private final Languages understood = Languages.understood();

    StepTwiml(FlowSettings settings) {
        this.settings = settings;
    }

    /** Writes the step; gives the call as it is after it. */
    CallContext write(Twiml out, Step step, CallContext call) {
        if (step instanceof Say say) {
            say(out, say);
        } else if (step instanceof Play play) {
            out.open("Play").text(media(play.media())).close("Play");
        } else if (step instanceof SendDigits digits) {
            out.open("Play").with("digits", digits.digits()).close("Play");
        } else if (step instanceof Pause pause) {
            long seconds = seconds(pause.length());
            out.open("Pause").with("length", seconds).close("Pause");
            // A pause does not answer a call, so what does comes that much later.
            return new CallContext(
                    call.call(), call.number(), call.answer(), call.now().plusSeconds(seconds));
        } else if (step instanceof StartRecording) {
            out.open("Start")
                    .open("Recording")
                    .with("channels", "dual")
                    .with("recordingStatusCallback", settings.urls().recording())
                    .with("recordingStatusCallbackEvent", "completed absent")
                    .close("Recording")
                    .close("Start");
            return call;
        } else {
            throw TwilioFlows.refused(
                    settings.provider(),
                    "step '" + step.name() + "'",
                    TwilioFlows.support().supported());
        }
        return call.answering(call.now());
    }

    /** The tag of a language in which Twilio listens. */
    String understood(Locale language) {
        return understood
                .tag(language)
                .orElseThrow(() -> TwilioFlows.refused(
                        settings.provider(),
                        "understanding the language '" + language.toLanguageTag() + "'",
                        understood.all()));
    }

    /** Whole seconds, rounded up: TwiML knows no others. */
    static long seconds(Duration length) {
        return length.plusMillis(999).toSeconds();
    }

    private void say(Twiml out, Say say) {
        String wanted = say.language().toLanguageTag();
        String voice = settings.voices().get(wanted);
        String tag = spoken.tag(say.language()).orElse(null);
        if (tag == null && voice == null) {
            throw TwilioFlows.refused(
                    settings.provider(), "saying something in the language '" + wanted + "'", spoken.all());
        }
        out.open("Say").with("language", tag == null ? wanted : tag);
        if (voice != null) {
            out.with("voice", voice);
        }
        out.text(say.text()).close("Say");
    }

    private String media(URI media) {
        if (!FETCHED.contains(media.getScheme().toLowerCase(Locale.ROOT))) {
            throw TwilioFlows.refused(settings.provider(), "playing media of '" + media.getScheme() + ":'", FETCHED);
        }
        return media.toASCIIString();
    }
}
