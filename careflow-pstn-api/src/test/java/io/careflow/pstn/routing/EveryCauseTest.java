package io.careflow.pstn.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Outcome.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each row of the list of causes: what it is called, and what is done after it. */
class EveryCauseTest {
    private static final String CAUSES = "/io/careflow/pstn/routing/causes.csv";
    private static final RoutePlan PLAN = Fixtures.plan(
            Fixtures.PRIORITY, Fixtures.CALL, Fixtures.route("a", "second"), Fixtures.route("b", "second"));
    private static final PlannedRoute FIRST = PLAN.routes().get(0);

    private final Failover failover = Failover.standard();

    @ParameterizedTest(name = "{0} {1} is {2}, {3}")
    @CsvFileSource(resources = CAUSES, numLinesToSkip = 1)
    @DisplayName("the table says of each code what the list says")
    void listed(String source, String code, NeutralCause cause, FailoverClass failoverClass) {
        assertThat(CauseTable.standard().find(new CauseKey(source, code)))
                .contains(new CauseVerdict(cause, failoverClass));
    }

    @Test
    @DisplayName("the table knows nothing that is not in the list, but four limits of Telnyx")
    void nothingElse() throws IOException {
        Set<String> more = new TreeSet<>();
        CauseTable.standard().keys().forEach(key -> more.add(key.toString()));
        assertThat(more).hasSize(169);
        more.removeAll(listedKeys());
        assertThat(more)
                .containsExactly(
                        "telnyx_error 90041", "telnyx_error 90042", "telnyx_error 90043", "telnyx_error 90103");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = CAUSES, numLinesToSkip = 1)
    @DisplayName("before the phone rang, the class of the cause decides")
    void beforeRinging(String source, String code, NeutralCause cause, FailoverClass failoverClass) {
        FailoverDecision decision = after(ended(source, code, false, false, ReleasedBy.UNKNOWN));
        Move expected = switch (failoverClass) {
            case NEXT, NEXT_BEFORE_18X, CONFIG, LATER -> Move.NEXT;
            case FINAL, BY_SIP_CODE, BY_HANGUPCAUSE -> Move.STOP;
            case NOT_OVER -> Move.IN_DOUBT;
        };
        assertThat(decision.move()).isEqualTo(expected);
        assertThat(decision.next())
                .isEqualTo(expected == Move.NEXT ? PLAN.routes().get(1) : null);
        assertThat(decision.alarm() != null).isEqualTo(failoverClass == FailoverClass.CONFIG);
        assertThat(decision.aside() != null).isEqualTo(failoverClass == FailoverClass.LATER);
        assertThat(decision.attempt().verdict().cause())
                .isEqualTo(cause == NeutralCause.COMPLETED ? NeutralCause.CANCELED : cause);
        assertThat(decision.attempt().because()).contains(code);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = CAUSES, numLinesToSkip = 1)
    @DisplayName("after it rang, what may have been the callee's doing is final too")
    void afterRinging(String source, String code, NeutralCause cause, FailoverClass failoverClass) {
        FailoverDecision decision = after(ended(source, code, true, false, ReleasedBy.UNKNOWN));
        Move expected = switch (failoverClass) {
            case NEXT, CONFIG, LATER -> Move.NEXT;
            case FINAL, NEXT_BEFORE_18X, BY_SIP_CODE, BY_HANGUPCAUSE -> Move.STOP;
            case NOT_OVER -> Move.IN_DOUBT;
        };
        assertThat(decision.move()).isEqualTo(expected);
        assertThat(decision.attempt().verdict().cause())
                .isEqualTo(cause == NeutralCause.COMPLETED ? NeutralCause.NO_ANSWER : cause);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = CAUSES, numLinesToSkip = 1)
    @DisplayName("after an answer nothing else is tried, whatever the cause")
    void afterTheAnswer(String source, String code, NeutralCause cause) {
        FailoverDecision decision = after(ended(source, code, true, true, ReleasedBy.UNKNOWN));
        assertThat(decision.move()).isEqualTo(Move.STOP);
        assertThat(decision.attempt().verdict().cause())
                .isEqualTo(cause == NeutralCause.TIME_LIMIT ? cause : NeutralCause.COMPLETED);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = CAUSES, numLinesToSkip = 1)
    @DisplayName("when the caller has hung up nothing else is tried, whatever the cause")
    void callerGone(String source, String code) {
        FailoverDecision decision = after(ended(source, code, false, false, ReleasedBy.CALLER));
        assertThat(decision.move()).isNotEqualTo(Move.NEXT);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = CAUSES, numLinesToSkip = 1)
    @DisplayName("a trunk that means something else has its own table, but what blocks stays blocked")
    void otherMeaning(String source, String code, NeutralCause cause) {
        CauseKey key = new CauseKey(source, code);
        CauseVerdict other = new CauseVerdict(NeutralCause.NO_ROUTE, FailoverClass.NEXT);
        if (cause == NeutralCause.BLOCKED) {
            assertThatThrownBy(() -> CauseTable.standard().with(key, other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("never tried elsewhere");
        } else {
            assertThat(CauseTable.standard().with(key, other).find(key)).contains(other);
        }
    }

    private FailoverDecision after(Ended ended) {
        return failover.after(PLAN, List.of(), FIRST, ended);
    }

    /** As it comes: D-codes stand in the text of a 403, words of carriers beside a network that said nothing. */
    private static Ended ended(String source, String code, boolean rang, boolean answered, ReleasedBy releasedBy) {
        HangupCause network = switch (source) {
            case CauseKey.Q850 -> HangupCause.of(Integer.parseInt(code), "");
            case CauseKey.SIP -> new HangupCause(0, Integer.valueOf(code), "");
            case CauseKey.TELNYX_D_CODE -> new HangupCause(21, 403, "Forbidden " + code + ": see portal");
            default -> HangupCause.UNKNOWN;
        };
        List<CauseKey> words = network.equals(HangupCause.UNKNOWN) ? List.of(new CauseKey(source, code)) : List.of();
        return new Ended(network, rang, answered, releasedBy, null, words);
    }

    private static Set<String> listedKeys() throws IOException {
        try (InputStream in = Objects.requireNonNull(EveryCauseTest.class.getResourceAsStream(CAUSES));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(",", 3))
                    .map(cells -> cells[0] + " " + cells[1])
                    .collect(Collectors.toSet());
        }
    }
}
