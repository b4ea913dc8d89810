package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Say;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a gather must be known to read its result.
 *
 * <p>TwiML has one time for the first and every next digit: the longer of both is taken, so that nobody is cut off too early.
 * It knows no key that begins again: the digits before the last one are thrown away here, and if then some are missing, the
 * gather goes on without prompts for the rest.
 *
 * @param keys whether digits count
 * @param speech whether words count
 * @param maxDigits how many digits there may be
 * @param entered digits that were entered in an earlier part of the same gather
 * @param finishKey empty for none
 * @param restartKey empty for none
 * @param seconds how long Twilio waits
 * @param language in which it listens
 */
record GatherMemo(
        boolean keys,
        boolean speech,
        int maxDigits,
        String entered,
        String finishKey,
        String restartKey,
        long seconds,
        String language) {
    private static final String TWILIO_KEYS = "0123456789*#";
    private static final String ENGLISH = "en-US";

    static GatherMemo of(ProviderId provider, Gather gather, StepTwiml steps) {
        boolean speech = gather.kinds().contains(InputKind.SPEECH);
        long seconds = Math.max(
                StepTwiml.seconds(gather.firstDigit()),
                gather.kinds().contains(InputKind.DTMF) ? StepTwiml.seconds(gather.betweenDigits()) : 0);
        Locale spoken = gather.prompts().stream()
                .filter(Say.class::isInstance)
                .map(prompt -> ((Say) prompt).language())
                .findFirst()
                .orElse(null);
        return new GatherMemo(
                gather.kinds().contains(InputKind.DTMF),
                speech,
                gather.maxDigits(),
                "",
                key(provider, "finish key", gather.finishKey()),
                key(provider, "restart key", gather.restartKey()),
                seconds,
                speech && spoken != null ? steps.understood(spoken) : ENGLISH);
    }

    static GatherMemo read(List<String> details) {
        return new GatherMemo(
                details.get(0).contains("k"),
                details.get(0).contains("s"),
                Integer.parseInt(details.get(1)),
                details.get(2),
                details.get(3),
                details.get(4),
                Long.parseLong(details.get(5)),
                details.get(6));
    }

    List<String> write() {
        return List.of(
                (keys ? "k" : "") + (speech ? "s" : ""),
                Integer.toString(maxDigits),
                entered,
                finishKey,
                restartKey,
                Long.toString(seconds),
                language);
    }

    /** Twilio's words for what counts. */
    String input() {
        return speech ? (keys ? "dtmf speech" : "speech") : "dtmf";
    }

    /** How many digits Twilio is to wait for. */
    int asked() {
        return maxDigits - entered.length();
    }

    /** The rest of the gather, if the restart key was among the digits and some are missing now; null if it is over. */
    @Nullable
    GatherMemo rest(Form form) {
        String digits = form.text("Digits");
        int restart = restartKey.isEmpty() ? -1 : digits.lastIndexOf(restartKey);
        boolean full = digits.length() >= asked() && form.text("FinishedOnKey").isEmpty();
        return restart < 0 || !full || form.has("SpeechResult")
                ? null
                : new GatherMemo(
                        keys,
                        speech,
                        maxDigits,
                        digits.substring(restart + 1),
                        finishKey,
                        restartKey,
                        seconds,
                        language);
    }

    /** What was entered in all. */
    GatheredInput result(Form form) {
        String digits = form.text("Digits");
        int restart = restartKey.isEmpty() ? -1 : digits.lastIndexOf(restartKey);
        String all = restart < 0 ? entered + digits : digits.substring(restart + 1);
        String said = form.get("SpeechResult");
        if (said != null) {
            return new GatheredInput(all, said, confidence(form), End.COMPLETE);
        }
        End end = all.length() >= maxDigits ? End.COMPLETE : End.TIMEOUT;
        return GatheredInput.digits(all, form.text("FinishedOnKey").isEmpty() ? end : End.FINISH_KEY);
    }

    private static @Nullable Integer confidence(Form form) {
        try {
            double part = Double.parseDouble(form.text("Confidence"));
            return part >= 0 && part <= 1 ? (int) Math.round(part * 100) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String key(ProviderId provider, String what, @Nullable Character key) {
        if (key == null) {
            return "";
        }
        if (TWILIO_KEYS.indexOf(Objects.requireNonNull(key)) < 0) {
            throw TwilioFlows.refused(provider, what + " '" + key + "'", "0-9", "*", "#");
        }
        return key.toString();
    }
}
