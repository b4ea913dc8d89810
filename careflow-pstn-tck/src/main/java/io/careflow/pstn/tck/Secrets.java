package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.error.PstnException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Looks for the secrets of a wire in what a provider shows. */
final class Secrets {
    private static final List<Situation> TELLTALE = List.of(
            Situation.SUCCESS,
            Situation.NOT_FOUND,
            Situation.CREDENTIALS_REJECTED,
            Situation.INSUFFICIENT_FUNDS,
            Situation.THROTTLED_WITH_RETRY_AFTER,
            Situation.SERVER_ERROR,
            Situation.LOST_REPLY_NOT_FOUND,
            Situation.TRUNCATED_BODY,
            Situation.HTML_ERROR_PAGE,
            Situation.CONNECTION_REFUSED);

    private final Trial trial;
    private final Set<String> secrets;

    Secrets(Trial trial) {
        this.trial = trial;
        secrets = trial.wire().secrets();
        if (trial.wire().speaksHttp()) {
            assertThat(secrets).as("Wire.secrets").isNotEmpty();
        }
        assertThat(secrets)
                .as("Wire.secrets: shorter ones are found by chance")
                .allSatisfy(secret -> assertThat(secret.length()).isGreaterThanOrEqualTo(6));
    }

    /** Does the operation in all telltale situations, each with a new provider, and collects what is shown. */
    List<String> shownBy(Operation operation) {
        List<String> shown = new ArrayList<>();
        for (Situation situation : TELLTALE) {
            if (trial.canArrange(operation, situation)) {
                trial.wire().arrange(operation, situation);
                PstnProvider provider = trial.open();
                Outcome outcome = trial.attempt(operation, provider, "");
                shown.add(situation + ": " + outcome.result());
                if (outcome.failure() != null) {
                    shown.add(situation + ": " + all(outcome.failure()));
                }
                shown.add(provider.toString());
                shown.add(provider.require(operation.capability()).toString());
                provider.close();
            }
        }
        return shown;
    }

    /** None of these texts holds a secret, plain, encoded for a URL or in Base64. */
    void checkNoneIn(List<String> texts, String where) {
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            List<String> forms = List.of(
                    secret,
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    Base64.getEncoder().withoutPadding().encodeToString(bytes));
            for (String text : texts) {
                for (String form : forms) {
                    // The text is not shown whole: reports of tests are kept and passed on.
                    assertThat(text.contains(form))
                            .as("a secret is in %s: %s", where, start(text.replace(form, "[the secret]")))
                            .isFalse();
                }
            }
        }
    }

    private static String start(String text) {
        int at = Math.max(0, text.indexOf("[the secret]") - 100);
        return text.substring(at, Math.min(text.length(), at + 220));
    }

    private static String all(PstnException failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text + "\n" + failure.failure();
    }
}
