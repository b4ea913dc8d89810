package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderHealth.Availability;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberRequirements.Requirement;
import io.careflow.pstn.webhook.WebhookRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The carrier's side of an {@link InMemoryProvider}: what it sells, who texts, what goes wrong. Not what an application
 * calls, but what its test arranges. Thread-safe.
 */
public final class SimulatedCarrier {
    private final Switchboard board;
    private final MemoryLine line;
    private final MemoryAccount account;
    private final MemoryNumbers numbers;
    private final MemoryReservations reservations;
    private final MemoryRequirements requirements;
    private final MemoryCallerIds callerIds;
    private final MemoryMessages messages;
    private final MemoryCdrs cdrs;
    private final MemoryPermissions permissions;
    private final MemoryPrices prices;
    private final @Nullable MemoryWebhooks webhooks;

    SimulatedCarrier(
            Switchboard board,
            MemoryLine line,
            MemoryAccount account,
            MemoryNumbers numbers,
            MemoryReservations reservations,
            MemoryRequirements requirements,
            MemoryCallerIds callerIds,
            MemoryMessages messages,
            MemoryCdrs cdrs,
            MemoryPermissions permissions,
            MemoryPrices prices,
            @Nullable MemoryWebhooks webhooks) {
        this.board = board;
        this.line = line;
        this.account = account;
        this.numbers = numbers;
        this.reservations = reservations;
        this.requirements = requirements;
        this.callerIds = callerIds;
        this.messages = messages;
        this.cdrs = cdrs;
        this.permissions = permissions;
        this.prices = prices;
        this.webhooks = webhooks;
    }

    /** Puts a number on sale. */
    public void sells(AvailableNumber number) {
        alone(() -> numbers.sell(number));
    }

    /** Somebody else took a number that was on sale: ordering it fails. Of one that is held for the account nobody can. */
    public void soldToSomebodyElse(PhoneNumber number) {
        alone(() -> {
            if (!reservations.holds(number)) {
                numbers.withdraw(number);
            }
        });
    }

    /** The regulator of a country, ISO 3166-1 alpha-2, wants to see this too before anybody has a number of this kind. */
    public void regulatorWants(String country, NumberKind kind, Requirement requirement) {
        alone(() -> requirements.want(country, kind, requirement));
    }

    /** The account may show this number of another carrier already. */
    public void lets(PhoneNumber callerId) {
        alone(() -> callerIds.verify(callerId));
    }

    /** The code that somebody at this number was told last, to prove that it is ours; empty if none is waited for. */
    public Optional<String> codeTold(PhoneNumber number) {
        return board.time().alone(() -> callerIds.told(number));
    }

    /** The account owns a number already, for calls and texts. Its id at the carrier is the number. */
    public void owns(PhoneNumber number) {
        alone(() -> numbers.own(number, Set.of(NumberFeature.VOICE, NumberFeature.SMS)));
    }

    /** What is left to spend from now on; 100 USD at first. At zero no call is placed and no text is sent. */
    public void balance(Money value) {
        alone(() -> account.set(value));
    }

    /** Calls to this country are open or closed. Once one country was named, all that were not are closed. */
    public void permits(CountryPermission permission) {
        alone(() -> permissions.set(permission));
    }

    /** What {@code Prices} tells of a minute to numbers that begin so, {@code +1416} for example: the longest beginning counts. */
    public void listsCalls(String beginning, Money perMinute) {
        alone(() -> prices.call(beginning, perMinute));
    }

    /** What {@code Prices} tells of one part of a text to numbers that begin so: the longest beginning counts. */
    public void listsTexts(String beginning, Money perPart) {
        alone(() -> prices.text(beginning, perPart));
    }

    /** This person wants no texts. Texting {@code STOP} does the same, {@code START} undoes it. */
    public void optsOut(PhoneNumber recipient) {
        alone(() -> messages.optOut(recipient));
    }

    /** Texts to this person are sent and never delivered. */
    public void cannotReach(PhoneNumber recipient) {
        alone(() -> messages.cannotReach(recipient));
    }

    /** Somebody texts a number of ours. The application is told once time passes. */
    public MessageReceived texts(PhoneNumber from, PhoneNumber to, String text) {
        return board.time().alone(() -> {
            MessageReceived received = messages.receive(from, to, text);
            board.time().after(Duration.ZERO, () -> board.publish(received));
            return received;
        });
    }

    /**
     * Calls that are dialled over this trunk behave like this from now on, whoever is called: they fail, or answer. Over a trunk of
     * which nothing was said the called phone is reached.
     */
    public void trunk(String id, SimulatedPhone outcome) {
        alone(() -> board.disturb(id, outcome));
    }

    /** Says what a call or a dialled leg costs, in its {@link io.careflow.pstn.cdr.ProviderCdr}; until then it is not known. */
    public void rates(CallRef call, Money price) {
        alone(() -> cdrs.rate(call, price));
    }

    /**
     * Says what a message costs; until then it is not known.
     *
     * @throws IllegalArgumentException if there is no such message
     */
    public void rates(MessageRef message, Money price) {
        alone(() -> messages.rate(message, price));
    }

    /** From now on every operation fails at once and does nothing, for this reason. */
    public void goesDown(String reason) {
        line.become(Availability.UNAVAILABLE, reason);
    }

    /** It works again. */
    public void comesBack() {
        line.become(Availability.AVAILABLE, "");
    }

    /** The next time that this operation is done it fails like this, and nothing is done. Repeated: one after another. */
    public void failNext(Operation operation, PstnException failure) {
        line.failNext(operation, new MemoryLine.Fault(failure, false));
    }

    /**
     * The next time that this operation is done it is done and fails all the same: its answer is lost.
     *
     * @throws IllegalArgumentException if the failure says that nothing was done
     */
    public void failNextAfterDoing(Operation operation, PstnException failure) {
        if (failure.effect() == Effect.NONE) {
            throw new IllegalArgumentException(
                    "effect is NONE, but it will be done; expected a failure of effect UNKNOWN");
        }
        line.failNext(operation, new MemoryLine.Fault(failure, true));
    }

    /**
     * The webhook by which this carrier tells an event, signed now. Hand it to the application's web layer.
     *
     * @param url the public URL that is called
     * @param event an {@code InboundCall}, {@code MessageReceived}, {@code MessageStatusChanged} or {@code Unrecognized}
     * @throws IllegalArgumentException if the event is of another type
     * @throws IllegalStateException if the provider was started without a key for webhooks
     */
    public WebhookRequest webhook(String url, PstnEvent event) {
        if (webhooks == null) {
            throw new IllegalStateException("no webhooks without a key; give one to the builder with webhooks(key)");
        }
        return webhooks.sign(url, WebhookForm.write(event), board.time().now());
    }

    private void alone(Runnable action) {
        board.time().alone(() -> {
            action.run();
            return true;
        });
    }
}
