package io.careflow.pstn.twilio;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.event.OutboundCall;
import java.time.Instant;
import java.util.List;

/**
 * How a call began that we placed. Travels with its status callbacks, so that its record has a beginning also where the answer to the
 * request was lost, or where another process of the application hears of its end.
 *
 * @param tenant on whose behalf
 * @param from the number shown
 * @param to whom we call
 * @param command which command placed it
 * @param at when the request was made, to the millisecond
 */
record PlacedMemo(TenantId tenant, PhoneNumber from, Destination to, CommandId command, Instant at) {
    private static final String CLIENT = "client:";

    static PlacedMemo of(CallRequest request, Instant now) {
        return new PlacedMemo(request.tenant(), request.callerId(), request.to(), request.commandId(), now);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws RuntimeException if it did not
     */
    static PlacedMemo read(List<String> details) {
        return new PlacedMemo(
                new TenantId(details.get(0)),
                new PhoneNumber(details.get(1)),
                destination(details.get(2)),
                new CommandId(details.get(3)),
                Instant.ofEpochMilli(Long.parseLong(details.get(4))));
    }

    List<String> write() {
        return List.of(tenant.value(), from.e164(), to.address(), command.value(), Long.toString(at.toEpochMilli()));
    }

    CallMemo memo() {
        return CallMemo.of(CallMemo.Kind.PLACED, CallContext.placing(at), write());
    }

    /** The same each time it is told. */
    OutboundCall event(CallRef call) {
        return new OutboundCall(call.id() + ":placed", at, call, tenant, Party.of(from), to, command);
    }

    private static Destination destination(String address) {
        return address.startsWith(CLIENT)
                ? new WebClient(address.substring(CLIENT.length()))
                : Destination.parse(address);
    }
}
