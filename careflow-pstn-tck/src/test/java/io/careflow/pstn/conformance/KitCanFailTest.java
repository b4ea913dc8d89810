package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.tck.Offers;
import io.careflow.pstn.tck.Situation;
import io.careflow.pstn.webhook.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each flaw turns exactly the tests red that are about it. Flaws that do not touch each other share a run. */
class KitCanFailTest {

    @Test
    @DisplayName("whoever sends a write again is found in every situation that leaves a write in doubt")
    void resender() {
        String[] each = each(
                Set.of("number.order", "number.configure", "number.release"),
                "throttled",
                "writeMeetsServerError",
                "writeLost",
                "writeTimesOut",
                "writeDoneAndLost",
                "writeDoneAndServerError",
                "truncatedWrite",
                "htmlWrite");
        assertRed(
                Resender.class,
                Stream.concat(Stream.of(each), Stream.of("givenAgainInDoubt number.order"))
                        .toArray(String[]::new));
    }

    @Test
    @DisplayName("wrong readers of answers, and who trusts what is forged, are found")
    void misreader() {
        assertRed(
                Misreader.class,
                "writeDoneAndLost number.order",
                "writeDoneAndServerError number.order",
                "truncatedWrite number.order",
                "unknownStatus number.find",
                "numberTaken number.order",
                "pages number.list",
                "refused FORGED",
                "refused ALTERED_BODY",
                "refusedAfterGenuine FORGED",
                "refusedAfterGenuine ALTERED_BODY",
                "readAgain number.search",
                "readAgain number.find",
                "readAgain number.list",
                "readAgain account.balance");
    }

    @Test
    @DisplayName("secrets, threads, options and repeated elements that go where they should not are found")
    void leaker() {
        assertRed(
                Leaker.class,
                "secretsInNoFailure number.search",
                "secretsInNoFailure number.order",
                "secretsInNoFailure number.find",
                "secretsInNoFailure number.list",
                "secretsInNoFailure number.configure",
                "secretsInNoFailure number.release",
                "threads",
                "orderWithUnknownOption number.order",
                "configureWithUnknownOption number.configure",
                "pages number.list",
                "replayed",
                "unknownEvent");
    }

    @Test
    @DisplayName(
            "a log that holds a secret, doubt that is called certainty and failures that are called empty are found")
    void liar() {
        assertRed(
                Liar.class,
                "givenAgain number.order",
                "givenAgainInDoubt number.order",
                "secretsInNoLog number.search",
                "secretsInNoLog number.order",
                "secretsInNoLog number.find",
                "secretsInNoLog number.list",
                "secretsInNoLog number.configure",
                "secretsInNoLog number.release",
                "writeMeetsServerError number.configure",
                "writeLost number.configure",
                "writeTimesOut number.configure",
                "writeDoneAndLost number.configure",
                "writeDoneAndServerError number.configure",
                "truncatedWrite number.configure",
                "htmlWrite number.configure",
                "readFails number.find",
                "readLost number.find",
                "readTimesOut number.find",
                "htmlRead number.find",
                "connectionRefused number.find",
                "refused FORGED",
                "refused ALTERED_BODY",
                "refused UNSIGNED",
                "refusedAfterGenuine FORGED",
                "refusedAfterGenuine ALTERED_BODY",
                "refusedAfterGenuine UNSIGNED");
    }

    @Test
    @DisplayName("a capability that is promised and missing, or there and not promised, is found")
    void promises() {
        String account = "io.careflow.pstn.tck.ProviderConformance$Balance";
        assertThat(red(selectNestedClass(List.of(Promiser.class.getName()), account)))
                .containsKeys("isThereOrRefused", "works account.balance");
        assertThat(red(selectNestedClass(List.of(Concealer.class.getName()), account)))
                .containsOnlyKeys("isThereOrRefused");
    }

    @Test
    @DisplayName("a wire that waives a matter of networks is found")
    void waiver() {
        assertRed(
                Waiver.class,
                "writeTimesOut number.order",
                "writeTimesOut number.configure",
                "writeTimesOut number.release",
                "readTimesOut number.search",
                "readTimesOut number.find",
                "readTimesOut number.list",
                "readTimesOut account.balance");
    }

    @Test
    @DisplayName("a wire that waives success, strange fields or rejected credentials is found for every operation")
    void idler() {
        Set<String> all = Set.of(
                "number.search",
                "number.order",
                "number.find",
                "number.list",
                "number.configure",
                "number.release",
                "account.balance");
        String[] each =
                each(all, "works", "unknownFields", "credentialsRejected", "secretsInNoFailure", "secretsInNoLog");
        Stream<String> some = Stream.of(
                "givenAgain number.order",
                "orderWithUnknownOption number.order",
                "configureWithUnknownOption number.configure",
                "sixteenThreads number.search",
                "sixteenThreads number.find",
                "sixteenThreads number.list",
                "sixteenThreads account.balance");
        assertRed(Idler.class, Stream.concat(Stream.of(each), some).toArray(String[]::new));
    }

    private static void assertRed(Class<?> conformance, String... expected) {
        Map<String, String> red = red(selectClass(conformance));
        assertThat(red.keySet()).as("red, with its reasons: %s", red.values()).containsExactlyInAnyOrder(expected);
    }

    /** The tests that failed, and why. */
    private static Map<String, String> red(DiscoverySelector selector) {
        Map<String, String> red = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter").selectors(selector).execute().testEvents().failed().stream()
                .forEach(event -> red.put(name(event.getTestDescriptor()), reason(event)));
        return red;
    }

    private static String reason(Event event) {
        return name(event.getTestDescriptor()) + ": "
                + event.getPayload(TestExecutionResult.class)
                        .flatMap(TestExecutionResult::getThrowable)
                        .map(Throwable::toString)
                        .orElse("?");
    }

    /** The method, and what it was done with. */
    private static String name(TestDescriptor test) {
        String method = test.getSource()
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse("?");
        boolean repeated = test.getUniqueId().getLastSegment().getType().equals("test-template-invocation");
        return repeated ? method + " " + test.getDisplayName() : method;
    }

    private static String[] each(Set<String> operations, String... methods) {
        Set<String> all = new TreeSet<>();
        for (String method : methods) {
            operations.forEach(operation -> all.add(method + " " + operation));
        }
        return all.toArray(String[]::new);
    }

    // Not run by themselves: nested static classes are not found by their names.

    static final class Resender extends ExchangeConformance {
        Resender() {
            super(Set.of(), Flaw.SENDS_WRITES_AGAIN);
        }
    }

    static final class Misreader extends ExchangeConformance {
        Misreader() {
            super(
                    Set.of(),
                    Flaw.NEVER_LOOKS_UP,
                    Flaw.GUESSES_STATUS,
                    Flaw.TAKEN_IS_CONFLICT,
                    Flaw.READS_ONE_PAGE,
                    Flaw.READS_ONCE,
                    Flaw.TRUSTS_FORGED);
        }
    }

    static final class Leaker extends ExchangeConformance {
        Leaker() {
            super(
                    Set.of(),
                    Flaw.LEAKS_SECRET,
                    Flaw.LEAVES_THREAD,
                    Flaw.DROPS_OPTIONS,
                    Flaw.LISTS_TWICE,
                    Flaw.FORGETS_REPEATS,
                    Flaw.DROPS_UNKNOWN_EVENTS);
        }
    }

    static final class Liar extends ExchangeConformance {
        Liar() {
            super(
                    Set.of(),
                    Flaw.FORGETS_COMMANDS,
                    Flaw.LOGS_SECRET,
                    Flaw.CALLS_DOUBT_UNDONE,
                    Flaw.EMPTY_WHEN_IT_FAILS,
                    Flaw.ANSWERS_FORGED);
        }
    }

    static final class Promiser extends ExchangeConformance {
        Promiser() {
            super(Set.of(), Flaw.HIDES_ACCOUNT);
        }
    }

    @Offers({NumberInventory.class, Webhooks.class})
    static final class Concealer extends ExchangeConformance {
        Concealer() {
            super(Set.of());
        }
    }

    static final class Waiver extends ExchangeConformance {
        Waiver() {
            super(Set.of(Situation.READ_TIMEOUT_AFTER_SENDING));
        }
    }

    static final class Idler extends ExchangeConformance {
        Idler() {
            super(Set.of(Situation.SUCCESS, Situation.UNKNOWN_FIELDS, Situation.CREDENTIALS_REJECTED));
        }
    }
}
