package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One test's provider on its wire. */
final class Trial implements AutoCloseable {
    private final ProviderConformance author;
    private final Wire wire;
    private final List<PstnProvider> opened = new ArrayList<>();
    private final PstnProvider provider;

    Trial(ProviderConformance author) {
        this.author = author;
        wire = author.wire();
        provider = open();
    }

    Wire wire() {
        return wire;
    }

    PstnProvider provider() {
        return provider;
    }

    LogCapture logs() {
        return author.logs();
    }

    /** Another provider on the same wire. Closed with this trial. */
    PstnProvider open() {
        PstnProvider made = author.provider();
        opened.add(made);
        return made;
    }

    boolean has(Class<? extends Capability> capability) {
        return author.capabilities().contains(capability);
    }

    /** Leaves the test if the provider lacks the capability. */
    <T extends Capability> T require(Class<T> capability) {
        if (!has(capability)) {
            abort("provider '" + provider.id() + "' has no " + capability.getSimpleName());
        }
        return provider.require(capability);
    }

    /** Puts the carrier into the situation, or leaves the test if that cannot be. */
    void arrange(Operation operation, Situation situation) {
        require(operation.capability());
        wire.unsupported(operation).ifPresent(reason -> abort(operation + " is refused: " + reason));
        Optional<String> cannot = wire.cannot(operation, situation);
        if (cannot.isPresent() && !situation.mayBeWaived(wire.speaksHttp())) {
            fail("every such carrier can meet it, so it cannot be waived: " + situation);
        }
        cannot.ifPresent(reason -> abort("cannot be that " + situation + ": " + reason));
        wire.arrange(operation, situation);
    }

    /** Whether {@link #arrange} would leave the test. */
    boolean canArrange(Operation operation, Situation situation) {
        return has(operation.capability())
                && situation.concerns(operation)
                && wire.unsupported(operation).isEmpty()
                && wire.cannot(operation, situation).isEmpty();
    }

    Outcome attempt(Operation operation) {
        return attempt(operation, provider, "");
    }

    /** Does the operation. Whatever it throws but a PstnException fails the test. */
    Outcome attempt(Operation operation, PstnProvider by, String suffix) {
        try {
            return new Outcome(operation, new Performer(by, wire.samples()).perform(operation, suffix), null);
        } catch (PstnException e) {
            return new Outcome(operation, null, e);
        } catch (RuntimeException e) {
            throw new AssertionError(operation + " threw what is no PstnException: " + e, e);
        }
    }

    void checkResult(Outcome outcome) {
        results().check(outcome.operation(), outcome.requireResult());
    }

    Results results() {
        return new Results(provider.id(), wire.samples());
    }

    /** The failure is of this class and effect, and says who failed at what. */
    PstnException checkFailure(Outcome outcome, Class<? extends PstnException> type, Effect effect) {
        PstnException failure = outcome.requireFailure();
        assertThat(failure).isInstanceOf(type);
        assertThat(failure.effect()).as("effect of: %s", failure.getMessage()).isEqualTo(effect);
        checkNames(failure, outcome.operation());
        return failure;
    }

    void checkNames(PstnException failure, Operation operation) {
        assertThat(failure.provider()).as("who failed").isEqualTo(provider.id());
        String area = operation.toString().replaceFirst("[.].*", ".");
        assertThat(failure.operation()).as("what was attempted").startsWith(area);
    }

    /** The status that the carrier or the proxy answered is kept. */
    void checkStatus(PstnException failure, int least, int most) {
        if (wire.speaksHttp()) {
            assertThat(failure.httpStatus())
                    .as("HTTP status of: %s", failure.getMessage())
                    .isPresent();
            assertThat(failure.httpStatus().getAsInt()).isBetween(least, most);
        }
    }

    List<SentRequest> writes() {
        return wire.sent().stream().filter(SentRequest::write).toList();
    }

    /** No write was sent twice; a failed one that needs no others was sent exactly once. */
    void checkWrittenOnce(Outcome outcome) {
        Set<Object> different = new HashSet<>();
        List<SentRequest> again = new ArrayList<>();
        int count = 0;
        for (SentRequest write : writes()) {
            Optional<String> key = wire.idempotencyKey(write);
            boolean isNew =
                    different.add(key.isPresent() ? key : List.of(write.method(), write.target(), write.body()));
            if (isNew) {
                count++;
            } else if (key.isEmpty()) {
                again.add(write);
            }
        }
        assertThat(again).as("writes that were sent again").isEmpty();
        boolean needsMore = outcome.operation() == Operation.TRUNK_CREATE
                || (outcome.operation() == Operation.NUMBER_ORDER && outcome.worked());
        if (needsMore) {
            assertThat(count).as("different writes in %s", wire.sent()).isPositive();
        } else {
            assertThat(count).as("different writes in %s", wire.sent()).isOne();
        }
    }

    /** Closes every provider and the fake carrier. */
    @Override
    public void close() {
        opened.forEach(PstnProvider::close);
        wire.close();
    }
}
