package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.error.UnsupportedFeature;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What holds for every operation of every capability. Longer than most files because it is the list of what an adapter keeps
 * to.
 */
abstract class CapabilityConformance {

    /** The provider under test, new for each test. */
    abstract Trial trial();

    final Class<? extends Capability> capability() {
        return getClass().getAnnotation(Of.class).value();
    }

    @Test
    @DisplayName("the capability is there, or is refused by name before any I/O")
    void isThereOrRefused() {
        checkTwin(trial(), capability());
    }

    static <T extends Capability> void checkTwin(Trial trial, Class<T> capability) {
        PstnProvider provider = trial.provider();
        int before = trial.wire().sent().size();
        if (trial.has(capability)) {
            assertThat(provider.find(capability)).isPresent();
            assertThat(provider.require(capability)).isNotNull();
        } else {
            assertThat(provider.find(capability)).isEmpty();
            assertThatThrownBy(() -> provider.require(capability))
                    .isInstanceOfSatisfying(
                            UnsupportedCapability.class,
                            refusal -> assertThat(refusal.effect()).isEqualTo(Effect.NONE))
                    .hasMessageContaining(provider.id().value())
                    .hasMessageContaining(capability.getSimpleName());
        }
        assertThat(trial.wire().sent()).as("what looking a capability up sends").hasSize(before);
    }

    @ForEach(Situation.SUCCESS)
    @DisplayName("does what it says, and reads change nothing; what is not offered is refused before any I/O")
    void works(Operation operation) {
        if (trial().wire().unsupported(operation).isPresent()) {
            int before = trial().wire().sent().size();
            trial().checkFailure(trial().attempt(operation), UnsupportedFeature.class, Effect.NONE);
            assertThat(trial().wire().sent()).as("requests").hasSize(before);
            return;
        }
        trial().arrange(operation, Situation.SUCCESS);
        trial().checkResult(trial().attempt(operation));
        if (operation.isWrite()) {
            assertThat(trial().writes()).as("writes").isNotEmpty();
        } else {
            assertThat(trial().writes()).as("writes").isEmpty();
        }
    }

    @ForEach(Situation.UNKNOWN_FIELDS)
    @DisplayName("fields that nobody knows change nothing")
    void unknownFields(Operation operation) {
        trial().arrange(operation, Situation.UNKNOWN_FIELDS);
        trial().checkResult(trial().attempt(operation));
    }

    @ForEach(Situation.UNKNOWN_STATUS_TEXT)
    @DisplayName("a status that nobody knows is kept as the carrier says it")
    void unknownStatus(Operation operation) {
        trial().arrange(operation, Situation.UNKNOWN_STATUS_TEXT);
        Results.checkUnknownStatus(trial().attempt(operation).requireResult());
    }

    @ForEach(Situation.NOT_FOUND)
    @DisplayName("what the carrier does not know is empty, no error, or NotFound, as the contract says")
    void notFound(Operation operation) {
        trial().arrange(operation, Situation.NOT_FOUND);
        Outcome outcome = trial().attempt(operation);
        switch (operation.whenAbsent()) {
            case EMPTY -> Results.checkEmpty(outcome.requireResult());
            case NO_ERROR -> outcome.requireResult();
            default -> trial().checkFailure(outcome, NotFound.class, Effect.NONE);
        }
    }

    @ForEach(Situation.NUMBER_TAKEN)
    @DisplayName("a number that somebody else has is NumberUnavailable, and nothing was done")
    void numberTaken(Operation operation) {
        refusedOnce(operation, Situation.NUMBER_TAKEN, NumberUnavailable.class);
    }

    @ForEach(Situation.CREDENTIALS_REJECTED)
    @DisplayName("rejected credentials are AuthenticationFailed, and nothing was done")
    void credentialsRejected(Operation operation) {
        trial().arrange(operation, Situation.CREDENTIALS_REJECTED);
        PstnException failure =
                trial().checkFailure(trial().attempt(operation), AuthenticationFailed.class, Effect.NONE);
        trial().checkStatus(failure, 200, 499);
        assertThat(trial().wire().sent()).as("requests").doesNotHaveDuplicates();
    }

    @ForEach(Situation.INSUFFICIENT_FUNDS)
    @DisplayName("a balance that is used up is InsufficientFunds, and nothing was done")
    void insufficientFunds(Operation operation) {
        refusedOnce(operation, Situation.INSUFFICIENT_FUNDS, InsufficientFunds.class);
    }

    @ForEach(Situation.THROTTLED)
    @DisplayName("throttling is Throttled, nothing was done, and a write is not sent again")
    void throttled(Operation operation) {
        refusedOnce(operation, Situation.THROTTLED, Throttled.class);
    }

    @ForEach(Situation.THROTTLED_WITH_RETRY_AFTER)
    @DisplayName("throttling says how long the carrier asks to wait")
    void throttledForSoLong(Operation operation) {
        PstnException failure = refusedOnce(operation, Situation.THROTTLED_WITH_RETRY_AFTER, Throttled.class);
        assertThat(failure.retryAfter()).contains(Wire.RETRY_AFTER);
    }

    @ForEach(value = Situation.SERVER_ERROR_ONCE, kind = ForEach.Kind.READS)
    @DisplayName("a read that meets one server error is read again")
    void readAgain(Operation operation) {
        trial().arrange(operation, Situation.SERVER_ERROR_ONCE);
        trial().checkResult(trial().attempt(operation));
        assertThat(trial().wire().sent()).hasSizeGreaterThan(1);
    }

    @ForEach(value = Situation.SERVER_ERROR, kind = ForEach.Kind.READS)
    @DisplayName("a read that only meets server errors fails and keeps the status; it is never empty")
    void readFails(Operation operation) {
        trial().arrange(operation, Situation.SERVER_ERROR);
        trial().checkStatus(unavailable(trial().attempt(operation)), 500, 599);
    }

    @ForEach(value = Situation.LOST_REPLY_NOT_FOUND, kind = ForEach.Kind.READS)
    @DisplayName("a read whose answers are lost fails; it is never empty")
    void readLost(Operation operation) {
        trial().arrange(operation, Situation.LOST_REPLY_NOT_FOUND);
        unavailable(trial().attempt(operation));
    }

    @ForEach(value = Situation.READ_TIMEOUT_AFTER_SENDING, kind = ForEach.Kind.READS)
    @DisplayName("a read that is never answered fails; it is never empty")
    void readTimesOut(Operation operation) {
        trial().arrange(operation, Situation.READ_TIMEOUT_AFTER_SENDING);
        unavailable(trial().attempt(operation));
    }

    @ForEach(value = Situation.SERVER_ERROR, kind = ForEach.Kind.WRITES)
    @DisplayName("a write that meets a server error is in doubt, keeps the status, and is sent once")
    void writeMeetsServerError(Operation operation) {
        trial().checkStatus(inDoubt(operation, Situation.SERVER_ERROR), 500, 599);
    }

    @ForEach(value = Situation.LOST_REPLY_NOT_FOUND, kind = ForEach.Kind.WRITES)
    @DisplayName("a write whose answer is lost is in doubt, and is sent once")
    void writeLost(Operation operation) {
        inDoubt(operation, Situation.LOST_REPLY_NOT_FOUND);
    }

    @ForEach(value = Situation.READ_TIMEOUT_AFTER_SENDING, kind = ForEach.Kind.WRITES)
    @DisplayName("a write that is never answered is in doubt, and is sent once")
    void writeTimesOut(Operation operation) {
        inDoubt(operation, Situation.READ_TIMEOUT_AFTER_SENDING);
    }

    @ForEach(Situation.LOST_REPLY_BUT_DONE)
    @DisplayName("a write that was done and whose answer is lost is looked up or in doubt, and is sent once")
    void writeDoneAndLost(Operation operation) {
        foundOrInDoubt(operation, Situation.LOST_REPLY_BUT_DONE);
    }

    @ForEach(Situation.SERVER_ERROR_AFTER_ACCEPTING)
    @DisplayName("a write that was done and is answered a server error is looked up or in doubt, and is sent once")
    void writeDoneAndServerError(Operation operation) {
        foundOrInDoubt(operation, Situation.SERVER_ERROR_AFTER_ACCEPTING);
    }

    @ForEach(value = Situation.SUCCESS, kind = ForEach.Kind.COMMANDS)
    @DisplayName("a command that is given again under its id is not carried out again, and gives the same")
    void givenAgain(Operation operation) {
        trial().arrange(operation, Situation.SUCCESS);
        Object first = trial().attempt(operation).requireResult();
        Outcome again = trial().attempt(operation);
        assertThat(trial().results().ids(List.of(again.requireResult())))
                .isEqualTo(trial().results().ids(List.of(first)));
        if (trial().wire().speaksHttp()) {
            trial().checkWrittenOnce(again);
        }
    }

    @ForEach(value = Situation.LOST_REPLY_NOT_FOUND, kind = ForEach.Kind.COMMANDS)
    @DisplayName("a command in doubt that is given again stays in doubt, and is not sent again")
    void givenAgainInDoubt(Operation operation) {
        inDoubt(operation, Situation.LOST_REPLY_NOT_FOUND);
        Outcome again = trial().attempt(operation);
        trial().checkFailure(again, PstnException.class, Effect.UNKNOWN);
        if (trial().wire().speaksHttp()) {
            trial().checkWrittenOnce(again);
        }
    }

    @ForEach(Situation.CONNECTION_REFUSED)
    @DisplayName("a refused connection is ProviderUnavailable, and nothing was done")
    void connectionRefused(Operation operation) {
        trial().arrange(operation, Situation.CONNECTION_REFUSED);
        trial().checkFailure(trial().attempt(operation), ProviderUnavailable.class, Effect.NONE);
        assertThat(trial().wire().sent()).isEmpty();
    }

    @ForEach(value = Situation.TRUNCATED_BODY, kind = ForEach.Kind.READS)
    @DisplayName("an answer that breaks off is a failure and keeps the status; half of it is never a result")
    void truncatedRead(Operation operation) {
        trial().arrange(operation, Situation.TRUNCATED_BODY);
        trial().checkStatus(unavailable(trial().attempt(operation)), 200, 299);
    }

    @ForEach(value = Situation.TRUNCATED_BODY, kind = ForEach.Kind.WRITES)
    @DisplayName("a write whose answer breaks off is never called undone, and is sent once")
    void truncatedWrite(Operation operation) {
        foundOrInDoubt(operation, Situation.TRUNCATED_BODY);
    }

    @ForEach(value = Situation.HTML_ERROR_PAGE, kind = ForEach.Kind.READS)
    @DisplayName("an HTML error page is a failure that keeps the status")
    void htmlRead(Operation operation) {
        trial().arrange(operation, Situation.HTML_ERROR_PAGE);
        trial().checkStatus(unavailable(trial().attempt(operation)), 500, 599);
    }

    @ForEach(value = Situation.HTML_ERROR_PAGE, kind = ForEach.Kind.WRITES)
    @DisplayName("a write that meets an HTML error page is in doubt, keeps the status, and is sent once")
    void htmlWrite(Operation operation) {
        trial().checkStatus(inDoubt(operation, Situation.HTML_ERROR_PAGE), 500, 599);
    }

    @ForEach(Situation.THREE_PAGES_WITH_A_CHANGE_BETWEEN)
    @DisplayName("a list that changes between its pages yields each element once, and misses none")
    void pages(Operation operation) {
        trial().arrange(operation, Situation.THREE_PAGES_WITH_A_CHANGE_BETWEEN);
        List<String> ids = trial().results().ids(trial().attempt(operation).requireResult());
        List<String> throughout = trial().wire().listed(operation);
        assertThat(throughout).as("what Wire.listed tells").hasSizeGreaterThanOrEqualTo(3);
        assertThat(ids).doesNotHaveDuplicates().containsAll(throughout);
        assertThat(trial().wire().sent()).as("requests").hasSizeGreaterThanOrEqualTo(3);
    }

    @ForEach(Situation.SUCCESS)
    @DisplayName("secrets are in no result and no failure, whatever goes wrong")
    void secretsInNoFailure(Operation operation) {
        trial().arrange(operation, Situation.SUCCESS);
        Secrets secrets = new Secrets(trial());
        secrets.checkNoneIn(secrets.shownBy(operation), "what " + operation + " shows");
    }

    @ForEach(Situation.SUCCESS)
    @DisplayName("secrets are in no log, whatever goes wrong")
    void secretsInNoLog(Operation operation) {
        trial().arrange(operation, Situation.SUCCESS);
        Secrets secrets = new Secrets(trial());
        try (LogCapture log = trial().logs()) {
            log.impossible().ifPresent(reason -> abort("nothing is logged: " + reason));
            secrets.shownBy(operation);
            secrets.checkNoneIn(log.lines(), "the log of " + operation);
        }
    }

    @ForEach(value = Situation.SUCCESS, kind = ForEach.Kind.REPEATABLE)
    @DisplayName("sixteen threads share one provider: each result is right, and nothing is sent twice")
    void sixteenThreads(Operation operation) {
        trial().arrange(operation, Situation.SUCCESS);
        new ManyThreads(trial(), operation).check(16);
    }

    private PstnException refusedOnce(Operation operation, Situation situation, Class<? extends PstnException> type) {
        trial().arrange(operation, situation);
        Outcome outcome = trial().attempt(operation);
        PstnException failure = trial().checkFailure(outcome, type, Effect.NONE);
        if (operation.isWrite()) {
            trial().checkWrittenOnce(outcome);
        }
        return failure;
    }

    private PstnException inDoubt(Operation operation, Situation situation) {
        trial().arrange(operation, situation);
        Outcome outcome = trial().attempt(operation);
        PstnException failure = trial().checkFailure(outcome, PstnException.class, Effect.UNKNOWN);
        trial().checkWrittenOnce(outcome);
        return failure;
    }

    private void foundOrInDoubt(Operation operation, Situation situation) {
        trial().arrange(operation, situation);
        Outcome outcome = trial().attempt(operation);
        if (outcome.worked() || operation == Operation.NUMBER_ORDER) {
            trial().checkResult(outcome);
        } else {
            trial().checkFailure(outcome, PstnException.class, Effect.UNKNOWN);
        }
        trial().checkWrittenOnce(outcome);
    }

    private PstnException unavailable(Outcome outcome) {
        PstnException failure = outcome.requireFailure();
        assertThat(failure).isInstanceOfAny(ProviderUnavailable.class, ProtocolError.class);
        trial().checkNames(failure, outcome.operation());
        return failure;
    }
}
