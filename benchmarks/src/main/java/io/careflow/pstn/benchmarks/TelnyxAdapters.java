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
import io.careflow.pstn.telnyx.TelnyxProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Our Telnyx adapter and OkHttp alone, side by side. */
final class TelnyxAdapters implements AutoCloseable {
    static final String PLACE = "telnyx place";
    static final String LIST = "telnyx list";
    private static final int NUMBERS = 50;
    private static final PhoneNumber CALLER = new PhoneNumber("+14155550100");
    private static final PhoneNumber CALLEE = new PhoneNumber("+14155550123");
    private static final PhoneNumber DESTINATION = new PhoneNumber("+442079460123");

    private final Replier server;
    private final TelnyxProvider telnyx;
    private int commands;

    TelnyxAdapters(Duration pause) {
        server = new Replier(TelnyxReplies.all(NUMBERS), pause);
        telnyx = TelnyxProvider.with(Secret.of("KEY0123456789abcdef"))
                .baseUrl(server.base())
                .connection(TelnyxReplies.CONNECTION)
                .publicKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")
                .publicUrl(URI.create("https://pbx.example.org/telnyx"))
                .answeredBy(event -> CallFlow.start().hangUp())
                .build();
    }

    /** Adds ours and its peers, which send what ours was seen to send. */
    void into(Contest all) {
        CallControl calls = telnyx.require(CallControl.class);
        NumberInventory numbers = telnyx.require(NumberInventory.class);
        TreeReader trees = new TreeReader();
        OkHttpPeer place = peer(() -> calls.place(request()));
        // One request for the numbers, one for what each can do with texts.
        String second = server.requestOf(numbers::list);
        OkHttpPeer first =
                new OkHttpPeer(server.base(), second.replace("/phone_numbers/messaging?", "/phone_numbers?"));
        OkHttpPeer list = new OkHttpPeer(server.base(), second);
        AdaptersBench.same(second, server.requestOf(list::send));

        all.add(PLACE + " careflow", i -> calls.place(request()).ref().id().equals(TelnyxReplies.CALL));
        all.add(PLACE + " okhttp", i -> place.send().length > 0);
        all.add(PLACE + " okhttp+jackson", i -> !trees.read(place.send()).isEmpty());
        all.add(LIST + " careflow", i -> numbers.list().size() == NUMBERS);
        all.add(LIST + " okhttp", i -> first.send().length + list.send().length > 0);
        all.add(
                LIST + " okhttp+jackson",
                i -> !trees.read(first.send()).isEmpty()
                        && !trees.read(list.send()).isEmpty());
    }

    @Override
    public void close() {
        telnyx.close();
        server.close();
    }

    private OkHttpPeer peer(Runnable ours) {
        String seen = server.requestOf(ours);
        OkHttpPeer peer = new OkHttpPeer(server.base(), seen);
        AdaptersBench.same(seen, server.requestOf(peer::send));
        return peer;
    }

    private CallRequest request() {
        Dial dial = Dial.to(List.of(Destination.number(DESTINATION)), Continuation.named("talked"))
                .showing(CALLER);
        CallFlow flow = CallFlow.start().say("We connect you now.", Locale.US).dial(dial);
        return CallRequest.of(new CommandId("bench-" + commands++), CALLER, Destination.number(CALLEE), flow)
                .ringingFor(Duration.ofSeconds(30));
    }
}
