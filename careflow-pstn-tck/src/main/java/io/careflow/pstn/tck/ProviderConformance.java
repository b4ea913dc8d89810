package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link PstnProvider} of a carrier keeps to, whatever goes wrong on the way. Extend it, name the capabilities with
 * {@link Offers}, hand over your provider on a loopback fake of its carrier, and a {@link Wire} that puts the fake into situations. JUnit makes a new instance of the
 * class for each test, so a field of it that holds the fake is new for each test too.
 *
 * <p>A situation that a carrier cannot be in, and a capability that it lacks, are reported as aborted with the reason, never
 * as passed.
 */
public abstract class ProviderConformance {
    /** Of OkHttp and of the JDK: made once for all clients of the process, and kept. */
    private static final List<String> OF_THE_PROCESS =
            List.of("OkHttp TaskRunner", "Okio Watchdog", "ForkJoinPool.commonPool", "Keep-Alive-Timer", "junit-");

    private Set<Thread> threadsBefore = Set.of();
    private @Nullable Trial current;

    /** For subclasses. */
    protected ProviderConformance() {}

    /** The fake carrier. Asked for first, once per test. Closed by the kit. */
    protected abstract Wire wire();

    /**
     * A new provider that reaches the fake carrier of {@link #wire}. May be called several times in one test; closed by the
     * kit. Give it a deadline below a second, pauses between repeated reads of a few milliseconds, and no circuit breaker that
     * a few failures open; if it has webhooks, a flow handler or listener that takes them.
     */
    protected abstract PstnProvider provider();

    /** Takes the log of the provider from now on: {@link LogbackCapture}, or your own. */
    protected abstract LogCapture logs();

    /**
     * Whether a thread belongs to the process and not to a provider, and so may live on when the provider is closed. The
     * threads that OkHttp and the JDK share among all their users are known.
     */
    protected boolean isOfTheProcess(Thread thread) {
        return OF_THE_PROCESS.stream().anyMatch(thread.getName()::startsWith);
    }

    @BeforeEach
    final void openTrial() {
        threadsBefore = Threads.now();
        current = new Trial(this);
    }

    @AfterEach
    final void closeTrial() {
        Trial ending = current;
        if (ending != null) {
            ending.close();
        }
    }

    final Set<Class<? extends Capability>> capabilities() {
        Offers offers = getClass().getAnnotation(Offers.class);
        if (offers == null) {
            throw new IllegalStateException(getClass().getName() + " lacks @Offers with the provider's capabilities");
        }
        return Set.of(offers.value());
    }

    final Trial current() {
        return Objects.requireNonNull(current);
    }

    @Nested
    @DisplayName("the provider itself")
    final class Whole extends WholeConformance {
        @Override
        Trial trial() {
            return current();
        }

        @Override
        Set<Thread> threadsBefore() {
            return threadsBefore;
        }

        @Override
        boolean isOfTheProcess(Thread thread) {
            return ProviderConformance.this.isOfTheProcess(thread);
        }
    }

    @Nested
    @DisplayName("numbers")
    final class Numbers extends NumberConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("reservations of numbers")
    @Of(NumberReservations.class)
    final class Reserved extends CapabilityConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("what regulators want to see")
    @Of(NumberRequirements.class)
    final class Regulators extends CapabilityConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("foreign caller IDs")
    @Of(CallerIds.class)
    final class ForeignNumbers extends CapabilityConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("trunks")
    final class Trunks extends TrunkConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("calls")
    final class Calls extends CallConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("conferences")
    final class Rooms extends RoomConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("messages")
    final class Messages extends MessagingConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("recordings")
    @Of(Recordings.class)
    final class AllRecordings extends CapabilityConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("the carrier's call records")
    @Of(ProviderCdrs.class)
    final class CarrierRecords extends CapabilityConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("the account")
    @Of(Account.class)
    final class Balance extends CapabilityConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("dialling permissions")
    @Of(DialingPermissions.class)
    final class Permissions extends CapabilityConformance {
        @Override
        Trial trial() {
            return current();
        }
    }

    @Nested
    @DisplayName("webhooks")
    final class Hooks extends WebhookConformance {
        @Override
        Trial trial() {
            return current();
        }
    }
}
