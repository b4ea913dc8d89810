package io.careflow.pstn.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.type.Twiml;
import io.careflow.pstn.Option;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.SendDigits;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Calls over Twilio's REST API (https://www.twilio.com/docs/voice/api/call-resource). A flow goes along with the request that
 * places or redirects a call, so it may have 4000 characters as TwiML. Thread-safe.
 */
final class TwilioCallControl implements CallControl {
    private static final String PLACE = "call.place";
    private static final String REDIRECT = "call.redirect";
    private static final String SEND_DIGITS = "call.send-digits";
    private static final int LISTED = 100;

    private final TwilioClient client;
    private final InlineFlows flows;
    private final CallForm form;
    private final Ids ids;
    private final CallRecords records;
    private final CallEnding ending;
    private final CallJoining joining;
    private final Telling telling;
    private final Commands<CallRequest, Call> commands;

    TwilioCallControl(
            TwilioClient client, InlineFlows flows, CallForm form, Rooms rooms, CallEnding ending, Telling telling) {
        this.client = client;
        this.flows = flows;
        this.form = form;
        this.ids = new Ids(client.id());
        this.records = new CallRecords(client.id());
        this.ending = ending;
        this.joining = new CallJoining(client, rooms, telling);
        this.telling = telling;
        this.commands = new Commands<>(client.id(), PLACE, client.clock());
    }

    @Override
    public Set<Option<?>> options() {
        return CallForm.OPTIONS;
    }

    @Override
    public FlowSupport flows() {
        return flows.support();
    }

    @Override
    public void check(CallRequest request) {
        CallCreator unused = creator(request, PlacedMemo.of(request, telling.now()));
    }

    @Override
    public Call place(CallRequest request) {
        return place(PLACE, request);
    }

    /** The same under another name, such as an invitation into a room. */
    Call place(String operation, CallRequest request) {
        PlacedMemo placed = PlacedMemo.of(request, telling.now());
        CallCreator creator = creator(request, placed);
        AtomicBoolean ours = new AtomicBoolean();
        Call call = commands.once(
                request.commandId(),
                request,
                () -> {
                    Call made = records.call(client.json(operation, creator::create));
                    ours.set(true);
                    return made;
                },
                doubt -> {
                    Call found = lookUp(request, doubt);
                    ours.set(true);
                    return found;
                });
        if (ours.get()) {
            telling.tell(placed.event(call.ref()));
            tellNote(call.ref(), request.onAnswer().note());
        }
        return call;
    }

    @Override
    public void redirect(CallRef call, CallFlow flow) {
        String sid = ids.call(REDIRECT, call);
        String twiml = flows.redirecting(flow, sid);
        try {
            Fields unused = client.json(
                    REDIRECT,
                    rest -> com.twilio.rest.api.v2010.account.Call.updater(sid)
                            .setTwiml(new Twiml(twiml))
                            .update(rest));
        } catch (Conflict e) {
            throw explained(call, e);
        }
        tellNote(call, flow.note());
    }

    @Override
    public void join(CallRef one, CallRef other) {
        joining.join(one, other);
    }

    /**
     * Never: Twilio sends digits only as a step of a flow, and running a flow would end what the call is doing.
     *
     * @throws UnsupportedFeature always, naming the other ways
     */
    @Override
    public void sendDigits(CallRef call, String digits) {
        SendDigits unused = new SendDigits(digits);
        throw new UnsupportedFeature(
                client.id(),
                SEND_DIGITS,
                "sending digits into what a call is doing",
                List.of(
                        "the step 'send-digits' of a flow, also of one that the call is redirected to",
                        "the option '" + TwilioOptions.DIGITS_ON_ANSWER.name() + "' of a call that is placed"));
    }

    @Override
    public void hangUp(CallRef call, HangupCause cause) {
        ending.end("call.hang-up", call, cause);
    }

    /** As {@link #hangUp}, as a part of another operation. */
    void end(String operation, CallRef call) {
        ending.end(operation, call, HangupCause.NORMAL_CLEARING);
    }

    @Override
    public Optional<Call> fetch(CallRef call) {
        String sid = ids.call("call.fetch", call);
        return client.find(
                        "call.fetch",
                        rest -> com.twilio.rest.api.v2010.account.Call.fetcher(sid)
                                .fetch(rest))
                .map(records::call);
    }

    private CallCreator creator(CallRequest request, PlacedMemo placed) {
        boolean recorded = InlineFlows.isRecorded(request.onAnswer());
        form.check(request, recorded);
        return form.creator(request, placed, flows.placing(request.onAnswer()), recorded);
    }

    private RuntimeException explained(CallRef call, Conflict e) {
        boolean over = CallEnding.isWrongState(e)
                && ending.status(REDIRECT, call.id()).map(CallWords::isOver).orElse(true);
        return over ? new NotFound(telling.nothingDone(REDIRECT, "call " + call + " is over"), e) : e;
    }

    private Call lookUp(CallRequest request, Commands.Doubt doubt) {
        LostAnswer lost = new LostAnswer(doubt, "call");
        return records.call(lost.find(
                () -> listed(request),
                () -> commands.results().stream().map(call -> call.ref().id()).collect(Collectors.toSet()),
                () -> rivals(request, lost.rivalsSince())));
    }

    private int rivals(CallRequest request, Instant since) {
        return (int) commands.unsettled(request.commandId(), since).stream()
                .filter(rival ->
                        rival.to().equals(request.to()) && rival.callerId().equals(request.callerId()))
                .count();
    }

    // Not by StartTime: a call that waits in Twilio's queue has none yet, and calls above the account's rate do wait.
    // Twilio lists the newest first.
    private List<Fields> listed(CallRequest request) {
        Request list = new Request(
                HttpMethod.GET, Domains.API.toString(), "/2010-04-01/Accounts/" + client.account() + "/Calls.json");
        list.addQueryParam("To", form.address(request.to()));
        list.addQueryParam("From", request.callerId().e164());
        list.addQueryParam("PageSize", Integer.toString(LISTED));
        return client.json("call.look-up", rest -> rest.request(list)).list("calls").stream()
                .filter(fields -> fields.text("direction").orElse("").equals("outbound-api"))
                .toList();
    }

    private void tellNote(CallRef call, CallNote note) {
        if (!note.equals(CallNote.NONE)) {
            Instant now = telling.now();
            telling.tell(new CallNoted(call.id() + ":note:" + now.toEpochMilli(), now, call, note));
        }
    }
}
