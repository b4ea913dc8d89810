package io.careflow.pstn.conformance;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.http.Refusal;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A provider with numbers, a balance and webhooks, and with flaws on demand: the kit must find each. */
final class Exchange implements PstnProvider {
    static final ProviderId ID = new ProviderId("exchange");

    private final HttpTransport http;
    private final Map<Class<?>, Capability> capabilities;
    private final CountDownLatch forgotten = new CountDownLatch(1);

    Exchange(URI base, Secret apiKey, Secret webhookKey, Set<Flaw> flaws) {
        boolean readsOnce = flaws.contains(Flaw.READS_ONCE);
        http = HttpTransport.builder(ID, base)
                // Who reads once has no second try on a machine that is busy.
                .deadlines(Duration.ofSeconds(3), Duration.ofMillis(readsOnce ? 1200 : 600), Duration.ofSeconds(3))
                .reads(readsOnce ? 1 : 2, Duration.ofMillis(1))
                .limits(Limits.none())
                .bearerAuth(apiKey)
                .refusals(reply -> refusal(reply, flaws))
                .build();
        Account account = () -> http.send(HttpCall.of("account.balance", "GET", "account"))
                .fields()
                .requireMoney("balance", "currency");
        capabilities = Map.of(
                NumberInventory.class,
                new ExchangeNumbers(http, flaws, apiKey),
                flaws.contains(Flaw.HIDES_ACCOUNT) ? PstnProvider.class : Account.class,
                account,
                Webhooks.class,
                new ExchangeWebhooks(webhookKey, flaws));
        if (flaws.contains(Flaw.LEAVES_THREAD)) {
            Thread thread = new Thread(this::waitForEver, "exchange-forgotten");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return Optional.ofNullable(capabilities.get(capability)).map(capability::cast);
    }

    @Override
    public void close() {
        http.close();
    }

    /** For the test, when the kit has seen the thread. */
    void letThreadGo() {
        forgotten.countDown();
    }

    private void waitForEver() {
        try {
            forgotten.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Refusal refusal(HttpReply reply, Set<Flaw> flaws) {
        Fields error = reply.fields();
        String code = error.text("code").orElse(null);
        boolean taken = "taken".equals(code) && !flaws.contains(Flaw.TAKEN_IS_CONFLICT);
        return new Refusal(taken ? Refusal.Kind.NUMBER_UNAVAILABLE : Refusal.Kind.BY_STATUS, code, null);
    }
}
