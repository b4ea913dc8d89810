package io.careflow.pstn.conformance;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.tck.LogCapture;
import io.careflow.pstn.tck.LogbackCapture;
import io.careflow.pstn.tck.Offers;
import io.careflow.pstn.tck.ProviderConformance;
import io.careflow.pstn.tck.Situation;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The kit on an {@link Exchange} with these flaws. */
@Offers({NumberInventory.class, Account.class, Webhooks.class})
abstract class ExchangeConformance extends ProviderConformance {
    private final Set<Flaw> flaws;
    private final ExchangeWire wire;
    private final List<Exchange> opened = new ArrayList<>();

    ExchangeConformance(Set<Situation> waived, Flaw... flaws) {
        this.flaws = Set.of(flaws);
        this.wire = new ExchangeWire(waived);
    }

    @Override
    protected Wire wire() {
        return wire;
    }

    @Override
    protected PstnProvider provider() {
        Exchange exchange = new Exchange(wire.uri(), ExchangeWire.API_KEY, ExchangeWire.WEBHOOK_KEY, flaws);
        opened.add(exchange);
        return exchange;
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }

    @AfterEach
    void letThreadsGo() {
        opened.forEach(Exchange::letThreadGo);
    }
}
