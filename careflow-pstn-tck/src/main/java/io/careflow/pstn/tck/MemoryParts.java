package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.trunk.SipTrunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one in-memory provider, put together.
 *
 * @param line what all of them go through
 * @param capabilities all that it can do
 * @param carrier its other side
 */
record MemoryParts(MemoryLine line, List<Capability> capabilities, SimulatedCarrier carrier) {
    static MemoryParts of(Switchboard board, @Nullable Secret webhookKey, RandomGenerator random) {
        ProviderId id = board.id();
        MemoryLine line = new MemoryLine(id, board.time());
        Map<String, SipTrunk> made = new LinkedHashMap<>();
        MemoryAccount account = new MemoryAccount(line);
        MemoryPermissions permissions = new MemoryPermissions(line);
        MemoryPrices prices = new MemoryPrices(line);
        MemoryNumbers numbers = new MemoryNumbers(id, line, account, made::containsKey);
        MemoryReservations reservations = new MemoryReservations(board, line, numbers);
        MemoryRequirements requirements = new MemoryRequirements(line);
        MemoryCallerIds callerIds = new MemoryCallerIds(board.time(), line);
        MemoryTrunks trunks = new MemoryTrunks(id, line, numbers, made, random);
        MemoryMessages messages = new MemoryMessages(board, line, numbers, account);
        MemoryCdrs cdrs = new MemoryCdrs(board, line);
        MemoryControl control = new MemoryControl(board, line, account, permissions);
        MemoryConferences conferences = new MemoryConferences(board, line, control);
        MemoryRecordings recordings = new MemoryRecordings(board, line);
        MemoryWebhooks webhooks = webhookKey == null ? null : new MemoryWebhooks(board, webhookKey);
        List<Capability> all = new ArrayList<>(List.of(
                control,
                numbers,
                reservations,
                requirements,
                callerIds,
                trunks,
                messages,
                recordings,
                cdrs,
                account,
                conferences,
                permissions,
                prices,
                line));
        if (webhooks != null) {
            all.add(webhooks);
        }
        SimulatedCarrier carrier = new SimulatedCarrier(
                board,
                line,
                account,
                numbers,
                reservations,
                requirements,
                callerIds,
                messages,
                cdrs,
                permissions,
                prices,
                webhooks);
        return new MemoryParts(line, all, carrier);
    }

    List<Capability> without(Set<Class<? extends Capability>> absent) {
        return capabilities.stream()
                .filter(one -> absent.stream().noneMatch(kind -> kind.isInstance(one)))
                .toList();
    }
}
