package io.careflow.pstn.benchmarks;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.twilio.TwilioProvider;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What our adapters add to a request, against OkHttp alone and against the carrier's own client. */
@Command(
        name = "adapters",
        description = "A call placed and numbers listed by our adapters, by bare OkHttp and by twilio-java.",
        mixinStandardHelpOptions = true)
final class AdaptersBench implements Runnable {
    private static final int NUMBERS = 50;
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final PhoneNumber CALLER = new PhoneNumber("+14155550100");
    private static final PhoneNumber CALLEE = new PhoneNumber("+14155550123");
    private static final PhoneNumber DESTINATION = new PhoneNumber("+442079460123");
    private static final String DESCRIPTION = """
            Requests to a loopback server in the same JVM that answers fixed bytes, first at once and then after a millisecond
            (carriers take fifty to two hundred), over one kept connection, from one thread. "place" is `CallControl.place`: a click-to-call with a flow of two parts and status callbacks, answered by
            Twilio's JSON of a call. "list" is `NumberInventory.list` of an account with 50 numbers: one page. The peers:
            OkHttp with its defaults sends byte for byte what we sent (checked; its form lies ready as bytes) and reads the
            whole answer, but parses nothing; "okhttp+jackson" also reads it into a tree, for comparison; twilio-java 13.0.1
            does the same two things with its own client and our form, its TwiML ready as text, and only its route led to the
            loopback server; "twilio-java+twiml" also writes such TwiML with its own builders, as our place does with ours: that
            is the same work, and the one we are compared with.
            "telnyx place" and "telnyx list" are the same two operations at Telnyx, with its JSON; where a call is in its flow is
            kept in memory, two saves for each call placed; numbers are two requests, as what they can do with texts is a list of its
            own, and the peers send both.
            All run in turns of a hundred in the same minutes, each turn in another order, after a warm-up, so that what else
            the machine does meets all alike. Times are of single operations, "cpu" and bytes are the calling thread's mean.
            Answered at once, there is no network in these times: they compare the code alone.
            """;

    @Option(names = "--operations", description = "operations of each: ${DEFAULT-VALUE}", defaultValue = "20000")
    private int operations;

    @Option(names = "--warm-up", description = "of each, before that: ${DEFAULT-VALUE}", defaultValue = "12000")
    private int warmUp;

    @Option(names = "--turn", description = "operations in a row: ${DEFAULT-VALUE}", defaultValue = "100")
    private int turn;

    @Option(
            names = "--answer-after",
            split = ",",
            description = "microseconds that the server waits before each answer, one run for each: ${DEFAULT-VALUE}",
            defaultValue = "0,1000")
    private List<Integer> answerAfter = List.of();

    @Option(names = "--only", split = ",", hidden = true, description = "some of them, to profile them")
    private List<String> only = List.of();

    @Option(names = "--write-docs", description = "write the result into docs/benchmarks.md")
    private boolean writeDocs;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private int commands;

    @Override
    public void run() {
        Report report = new Report("adapters");
        Machine.facts().forEach(report::line);
        answerAfter.forEach(micros -> run(report, micros));
        if (writeDocs) {
            report.writeDocs(DESCRIPTION, Report.command(spec));
        }
    }

    private void run(Report report, int micros) {
        Duration pause = Duration.ofNanos(1000L * micros);
        try (Replier server = new Replier(TwilioReplies.all(NUMBERS), pause);
                TwilioProvider twilio = provider(server.base());
                TelnyxAdapters telnyx = new TelnyxAdapters(pause)) {
            Contest contest = contest(server, twilio);
            telnyx.into(contest);
            contest.only(only);
            contest.run(micros == 0 ? warmUp : warmUp / 10, operations);
            report.line(
                    "\n" + operations + " operations each, in turns of " + turn + ", answered after " + micros + " us");
            contest.table(report);
            if (only.isEmpty()) {
                report.line("");
                figures(report, contest, micros == 0 ? "" : "-after-" + micros + "us");
            }
        }
    }

    private static TwilioProvider provider(URI base) {
        return TwilioProvider.at(TwilioReplies.ACCOUNT, Secret.of(TOKEN))
                .baseUrl(base)
                .publicUrl(URI.create("https://pbx.example.org/twilio"))
                .answeredBy(event -> CallFlow.start().hangUp())
                .build();
    }

    private Contest contest(Replier server, TwilioProvider twilio) {
        CallControl calls = twilio.require(CallControl.class);
        NumberInventory numbers = twilio.require(NumberInventory.class);
        SdkPeer sdk = new SdkPeer(server.base(), TwilioReplies.ACCOUNT, TOKEN);
        TreeReader trees = new TreeReader();

        String placing = server.requestOf(() -> calls.place(request()));
        Map<String, List<String>> form = form(placing);
        OkHttpPeer okPlace = new OkHttpPeer(server.base(), placing);
        same(placing, server.requestOf(okPlace::send));
        if (!form.equals(form(server.requestOf(() -> sdk.place(form))))) {
            throw new IllegalStateException("twilio-java sends another form than we do");
        }
        String listing = server.requestOf(numbers::list);
        OkHttpPeer okList = new OkHttpPeer(server.base(), listing);
        same(listing, server.requestOf(okList::send));

        Contest all = new Contest(turn, () -> {});
        all.add("place careflow", i -> calls.place(request()).ref().id().length() == 34);
        all.add("place okhttp", i -> okPlace.send().length > 0);
        all.add("place okhttp+jackson", i -> !trees.read(okPlace.send()).isEmpty());
        all.add("place twilio-java", i -> sdk.place(form).length() == 34);
        all.add("place twilio-java+twiml", i -> sdk.placeWriting(form).length() == 34);
        all.add("list careflow", i -> numbers.list().size() == NUMBERS);
        all.add("list okhttp", i -> okList.send().length > 0);
        all.add("list okhttp+jackson", i -> !trees.read(okList.send()).isEmpty());
        all.add("list twilio-java", i -> sdk.list() == NUMBERS);
        return all;
    }

    private CallRequest request() {
        Dial dial = Dial.to(List.of(Destination.number(DESTINATION)), Continuation.named("talked"))
                .showing(CALLER);
        CallFlow flow = CallFlow.start().say("We connect you now.", Locale.US).dial(dial);
        return CallRequest.of(new CommandId("bench-" + commands++), CALLER, Destination.number(CALLEE), flow)
                .ringingFor(Duration.ofSeconds(30));
    }

    private static void figures(Report report, Contest contest, String delay) {
        figure(report, "adapters.twilio-place" + delay, contest, "place", "okhttp", parsed(contest, "place"));
        figure(report, "adapters.twilio-list" + delay, contest, "list", "okhttp", parsed(contest, "list"));
        String place = TelnyxAdapters.PLACE;
        String list = TelnyxAdapters.LIST;
        figure(report, "adapters.telnyx-place" + delay, contest, place, "okhttp", parsed(contest, place));
        figure(report, "adapters.telnyx-list" + delay, contest, list, "okhttp", parsed(contest, list));
        sdk(report, contest, delay);
    }

    private static void sdk(Report report, Contest contest, String delay) {
        // Both take a flow: whoever uses twilio-java writes its TwiML with twilio-java's builders.
        double place = ratio(contest, "place", "twilio-java+twiml");
        double list = ratio(contest, "list", "twilio-java");
        boolean placeIsWorse = place >= list;
        String more = String.format(
                Locale.ROOT,
                "worse-of=place,list is=%s place=%.2f list=%.2f place-to-one-with-twiml-ready=%.2f ",
                placeIsWorse ? "place" : "list",
                place,
                list,
                ratio(contest, "place", "twilio-java"));
        figure(
                report,
                "adapters.twilio-vs-sdk" + delay,
                contest,
                placeIsWorse ? "place" : "list",
                placeIsWorse ? "twilio-java+twiml" : "twilio-java",
                more);
    }

    private static String parsed(Contest contest, String work) {
        return String.format(Locale.ROOT, "to-one-that-parses-too=%.2f ", ratio(contest, work, "okhttp+jackson"));
    }

    private static void figure(Report report, String name, Contest contest, String work, String peer, String more) {
        report.figure(
                name,
                peer,
                contest.subject(work + " careflow").within(0.5),
                contest.subject(work + " " + peer).within(0.5),
                1,
                more + "unit=us " + contest.spread(work + " careflow", work + " " + peer));
    }

    private static double ratio(Contest contest, String work, String peer) {
        return contest.subject(work + " careflow").within(0.5)
                / contest.subject(work + " " + peer).within(0.5);
    }

    static void same(String ours, String theirs) {
        if (!ours.equals(theirs)) {
            throw new IllegalStateException("the peer sends other bytes than we do:\n" + theirs + "\nours:\n" + ours);
        }
    }

    private static Map<String, List<String>> form(String request) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        for (String field : request.substring(request.indexOf("\r\n\r\n") + 4).split("&", -1)) {
            int equals = field.indexOf('=');
            form.computeIfAbsent(decoded(field.substring(0, equals)), name -> new ArrayList<>())
                    .add(decoded(field.substring(equals + 1)));
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
