package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.CallerIds.CallerId;
import io.careflow.pstn.number.CallerIds.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn caller-id}. */
final class CallerIdCommands {
    private static final String LOOK = "'pstn caller-id list' shows the numbers that may be shown";

    private CallerIdCommands() {}

    @Command(name = "list", description = "Numbers of other carriers that this account may show.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Table<CallerId> table = new Table<CallerId>()
                    .column("NUMBER", CallerId::number)
                    .column("VERIFIED", CallerId::verifiedAt)
                    .column("STATUS", CallerId::rawStatus);
            return session.read(
                    CallerIds.class,
                    (provider, callerIds) -> session.screen()
                            .list(table, callerIds.list(), "No number of another carrier may be shown."));
        }
    }

    @Command(
            name = "begin",
            description = "Has the provider tell the number a code, by text or call. Somebody is disturbed: asks.",
            footer = {"", "Example:", "  pstn caller-id begin +14165550177 --by CALL"})
    static final class Begin implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NUMBER", description = "Your number at another carrier, in E.164.")
        private @Nullable PhoneNumber number;

        @Option(names = "--by", paramLabel = "WAY", description = "SMS (default) or CALL.")
        private Method method = Method.SMS;

        @Mixin
        private Consent consent = new Consent();

        Begin(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            PhoneNumber ours = Typed.required(number);
            return session.change(CallerIds.class, consent, (provider, callerIds) -> {
                Map<String, Object> facts = Map.of("number", ours, "by", method);
                return Plan.to(
                                "caller-id.begin",
                                (method == Method.SMS ? "Text" : "Call") + " the number " + ours
                                        + " and tell it a code",
                                facts,
                                "Whoever is at the number knows whether a code came",
                                () -> {
                                    callerIds.begin(ours, method);
                                    return Results.ordered(facts);
                                })
                        .asking();
            });
        }
    }

    @Command(
            name = "confirm",
            description = "Hands in the code that the number was told: from then on it may be shown.",
            footer = {"", "Example:", "  pstn caller-id confirm +14165550177 123456"})
    static final class Confirm implements Callable<Integer> {
        private final Session session;

        @Parameters(index = "0", paramLabel = "NUMBER", description = "The number, in E.164.")
        private @Nullable PhoneNumber number;

        @Parameters(index = "1", paramLabel = "CODE", description = "What it was told.")
        private String code = "";

        @Mixin
        private Consent consent = new Consent();

        Confirm(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            PhoneNumber ours = Typed.required(number);
            return session.change(
                    CallerIds.class,
                    consent,
                    (provider, callerIds) -> Plan.to(
                            "caller-id.confirm",
                            "Prove that the number " + ours + " is yours",
                            Map.of("number", ours),
                            LOOK,
                            () -> callerIds.confirm(ours, code)));
        }
    }

    @Command(name = "remove", description = "The number may be shown no longer: asks.")
    static final class Remove implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NUMBER", description = "The number, in E.164.")
        private @Nullable PhoneNumber number;

        @Mixin
        private Consent consent = new Consent();

        Remove(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            PhoneNumber ours = Typed.required(number);
            return session.change(
                    CallerIds.class,
                    consent,
                    (provider, callerIds) -> Plan.to(
                                    "caller-id.remove",
                                    "Show the number " + ours + " no longer",
                                    Map.of("number", ours),
                                    LOOK,
                                    () -> {
                                        callerIds.remove(ours);
                                        return Results.gone("callerId", ours.e164());
                                    })
                            .asking());
        }
    }
}
