package io.careflow.pstn.benchmarks;

import com.twilio.security.RequestValidator;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.telnyx.TelnyxProvider;
import io.careflow.pstn.twilio.TwilioProvider;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many webhooks one core takes, against the carrier's own check of the signature alone. */
@Command(
        name = "webhooks",
        description =
                "Webhooks of Twilio and Telnyx checked, read and answered by us; by twilio-java and the JDK, checked alone.",
        mixinStandardHelpOptions = true)
final class WebhooksBench implements Runnable {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String BASE = "https://pbx.example.org/twilio";
    private static final String OURS = "careflow";
    private static final String PEER = "twilio-java validate";
    private static final String BARE = "jdk verify";

    /** An Ed25519 check takes as long as thirty of Twilio's. */
    private static final int TELNYX_SHARE = 10;

    private static final PhoneNumber USER = new PhoneNumber("+442079460123");
    private static final Gather ASK = Gather.digits(4, Continuation.named("entered"))
            .asking(new Say("Welcome. Please enter the number of the person you are calling.", Locale.US));
    private static final Dial RING = Dial.to(List.of(Destination.number(USER)), Continuation.named("talked"));
    private static final String DESCRIPTION = """
            Webhooks of Twilio on one thread, a third each: a call arrives (25 fields; the answer asks for digits), digits were
            entered (28 fields; the answer dials a number), a call is over (31 fields). Ours is `Webhooks.answer`: the signature
            checked, the form read from its bytes, events told, a trivial handler asked, the answer written as TwiML. The peer
            is `RequestValidator.validate` of twilio-java 13.0.1 on the same requests: the signature alone, with the fields
            decoded and laid ready as a map, nothing read and nothing answered. Every webhook is of a call that was not seen
            before. Telnyx's webhooks are JSON of the same three kinds with an Ed25519 signature. Ours is `Webhooks.receive`:
            signature and age checked, the JSON read, events made; not answered, as an answer sends commands. The peer is the
            JDK's `Signature` alone, on the signed bytes laid ready. Both run in turns in the same minutes, after a warm-up. Rates are operations per second of processor time
            of that thread, so that what else the machine does is left out; bytes are what the thread allocated.
            """;

    @Option(names = "--operations", description = "webhooks each: ${DEFAULT-VALUE}", defaultValue = "300000")
    private int operations;

    @Option(names = "--warm-up", description = "of each, before that: ${DEFAULT-VALUE}", defaultValue = "60000")
    private int warmUp;

    @Option(names = "--turn", description = "operations in a row: ${DEFAULT-VALUE}", defaultValue = "300")
    private int turn;

    @Option(names = "--only", split = ",", hidden = true, description = "one side alone, to profile it")
    private List<String> only = List.of();

    @Option(names = "--write-docs", description = "write the result into docs/benchmarks.md")
    private boolean writeDocs;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private List<SignedWebhook> webhooks = List.of();
    private List<SignedEvent> events = List.of();
    private int told;

    @Override
    public void run() {
        Report report = new Report("webhooks");
        Machine.facts().forEach(report::line);
        RequestValidator validator = new RequestValidator(TOKEN);
        try (TwilioProvider twilio = provider();
                TwilioProvider before = provider()) {
            Webhooks ours = twilio.require(Webhooks.class);
            Webhooks preparing = before.require(Webhooks.class);
            TwilioCallers callers = new TwilioCallers(TOKEN, BASE, preparing::answer);
            Contest contest = new Contest(turn, () -> webhooks = callers.next(turn));
            contest.add(
                    OURS,
                    webhook -> ours.answer(webhooks.get(webhook).request()).status() < 300);
            contest.add(PEER, webhook -> {
                SignedWebhook one = webhooks.get(webhook);
                return validator.validate(one.url(), one.fields(), one.signature());
            });
            contest.only(only);
            contest.run(warmUp, operations);
            report.line("\n" + operations + " webhooks each, in turns of " + turn);
            contest.table(report);
            if (only.isEmpty()) {
                report.line("");
                figure(report, contest);
            }
        }
        if (only.isEmpty()) {
            telnyx(report);
        }
        if (told == 0) {
            throw new IllegalStateException("no event was told");
        }
        if (writeDocs) {
            report.writeDocs(DESCRIPTION, Report.command(spec));
        }
    }

    private void telnyx(Report report) {
        TelnyxCallers callers = new TelnyxCallers(Instant.now().getEpochSecond());
        try (TelnyxProvider telnyx = TelnyxProvider.with(Secret.of("KEY0123456789abcdef"))
                .publicKey(callers.publicKey())
                .build()) {
            Webhooks ours = telnyx.require(Webhooks.class);
            Contest contest = new Contest(turn, () -> events = callers.next(turn));
            contest.add(OURS, event -> trusted(ours.receive(events.get(event).request())));
            contest.add(BARE, event -> verify(callers.key(), events.get(event)));
            contest.run(warmUp / TELNYX_SHARE, operations / TELNYX_SHARE);
            report.line("\nTelnyx: " + operations / TELNYX_SHARE + " webhooks each, in turns of " + turn);
            contest.table(report);
            report.line("");
            report.figure(
                    "webhooks.telnyx",
                    "jdk-ed25519",
                    contest.subject(OURS).perSecond(),
                    contest.subject(BARE).perSecond(),
                    0,
                    "unit=per-second-and-core time-" + contest.spread(OURS, BARE));
        }
    }

    private boolean trusted(Delivery delivery) {
        if (delivery instanceof Delivery.Trusted trusted) {
            told += trusted.events().size();
            return true;
        }
        return false;
    }

    private static boolean verify(PublicKey key, SignedEvent event) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(event.message());
            return signature.verify(event.signature());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void figure(Report report, Contest contest) {
        report.figure(
                "webhooks.twilio",
                "twilio-java-validate",
                contest.subject(OURS).perSecond(),
                contest.subject(PEER).perSecond(),
                0,
                "unit=per-second-and-core time-" + contest.spread(OURS, PEER));
    }

    private TwilioProvider provider() {
        return TwilioProvider.at(TwilioReplies.ACCOUNT, Secret.of(TOKEN))
                .publicUrl(URI.create(BASE))
                .answeredBy(WebhooksBench::next)
                .telling(event -> told++)
                .build();
    }

    private static CallFlow next(FlowEvent event) {
        if (event instanceof InboundCall) {
            return CallFlow.start().gather(ASK);
        }
        return event instanceof InputGathered
                ? CallFlow.start().dial(RING)
                : CallFlow.start().hangUp();
    }
}
