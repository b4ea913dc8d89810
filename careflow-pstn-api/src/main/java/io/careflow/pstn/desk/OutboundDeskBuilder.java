package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.consent.ConsentDesk;
import io.careflow.pstn.consent.RecordingPolicy;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.Failover;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an {@link OutboundDesk} works with. What has no default must be given: providers, directory, routes, guard, credit,
 * book and records. Not thread-safe.
 */
public final class OutboundDeskBuilder {
    private @Nullable Supplier<Pstn> pstn;
    private @Nullable ProviderId home;
    private @Nullable Directory directory;
    private Function<SipAddress, Optional<User>> phones = phone -> Optional.empty();
    private @Nullable Function<User, PhoneNumber> shown;
    private BiPredicate<TenantId, PhoneNumber> verified = (tenant, number) -> false;
    private @Nullable Function<TenantId, RoutingTable> routes;
    private @Nullable RoutePlanner planner;
    private @Nullable RoutingPolicy policy;
    private Failover failover = Failover.standard();
    private Supplier<Rater> selling = () -> Rater.of(List.of());
    private Function<User, Optional<String>> priceList = user -> Optional.empty();
    private @Nullable OutboundGuard guard;
    private @Nullable Credit credit;
    private @Nullable Admission admission;
    private Function<User, CreditAccount> account = user -> new CreditAccount(user.tenant(), user.id());
    private @Nullable OutboundBook book;
    private @Nullable CdrStore cdrs;
    private Consumer<CallEvent> telling = event -> {};
    private Clock clock = Clock.systemUTC();
    private OutboundSettings settings = OutboundSettings.defaults();
    private OutboundPrompts prompts = OutboundPrompts.english();
    private @Nullable OutboundRecording recording;
    private Consumer<RuntimeException> failing = failure -> {};

    OutboundDeskBuilder() {}

    /**
     * The providers, asked for when they are needed, as they are made with the desk as their handler.
     *
     * @param ofPhones which of them has the users' own phones
     */
    public OutboundDeskBuilder providers(Supplier<Pstn> value, ProviderId ofPhones) {
        pstn = value;
        home = ofPhones;
        return this;
    }

    /** Whose numbers and IDs are ours; a number of the tenant's own may be shown. */
    public OutboundDeskBuilder directory(Directory value) {
        directory = value;
        return this;
    }

    /** Other numbers that a tenant may show, as they were verified with the carriers. None unless said. */
    public OutboundDeskBuilder verified(BiPredicate<TenantId, PhoneNumber> value) {
        verified = value;
        return this;
    }

    /** Routes of a tenant as they are now, and how to choose among them. */
    public OutboundDeskBuilder routing(
            Function<TenantId, RoutingTable> table, RoutePlanner byWhom, RoutingPolicy byWhat) {
        routes = table;
        planner = byWhom;
        policy = byWhat;
        return this;
    }

    /** When the next provider is tried; the standard unless said. */
    public OutboundDeskBuilder failover(Failover value) {
        failover = value;
        return this;
    }

    /** Customers with a price list, named as decks of this rater spell it, pay by it; all others what the carrier takes. */
    public OutboundDeskBuilder selling(Supplier<Rater> rater, Function<User, Optional<String>> list) {
        selling = rater;
        priceList = list;
        return this;
    }

    /** Who lets calls pass. */
    public OutboundDeskBuilder guard(OutboundGuard value) {
        guard = value;
        return this;
    }

    /** Whose money is set aside; {@code NoCredit} for applications that bill elsewhere. */
    public OutboundDeskBuilder credit(Credit value) {
        credit = value;
        return this;
    }

    /**
     * Counters and money are taken in one step, and given back in one: the admission of this guard's store and of this credit, such as
     * {@code PstnDatabase.admission()}. Only with {@link OutboundGuard#of}; a guard of one's own is asked by itself, before the credit, as
     * is the library's unless this is given.
     */
    public OutboundDeskBuilder admission(Admission value) {
        admission = value;
        return this;
    }

    /** Which account pays for a user; the user's own unless said. */
    public OutboundDeskBuilder account(Function<User, CreditAccount> value) {
        account = value;
        return this;
    }

    /** Where commands are written down. */
    public OutboundDeskBuilder book(OutboundBook value) {
        book = value;
        return this;
    }

    /** Where records go: those of calls by the recorder, those of commands without a call by the desk itself. */
    public OutboundDeskBuilder records(CdrStore value) {
        cdrs = value;
        return this;
    }

    /** Who hears of attempts that the desk makes itself: the recorder. Nobody unless said. */
    public OutboundDeskBuilder telling(Consumer<CallEvent> value) {
        telling = value;
        return this;
    }

    /**
     * Users may dial from phones of ours too: calls whose {@link io.careflow.pstn.call.CallOrigin#user} the provider tells.
     *
     * @param user whose phone that is
     * @param callerId the number shown for a user
     */
    public OutboundDeskBuilder dialling(
            Function<SipAddress, Optional<User>> user, Function<User, PhoneNumber> callerId) {
        phones = user;
        shown = callerId;
        return this;
    }

    /** The time; the system's unless said. */
    public OutboundDeskBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** The numbers of the journey; the defaults unless said. */
    public OutboundDeskBuilder settings(OutboundSettings value) {
        settings = value;
        return this;
    }

    /** What users hear; English unless said. */
    public OutboundDeskBuilder prompts(OutboundPrompts value) {
        prompts = value;
        return this;
    }

    /**
     * Conversations may be recorded: who must be told or asked, and who keeps what came of it. Without it a callback that is to be
     * recorded is denied.
     *
     * @param unkept hears of failures of the log of consents: the conversation goes on unrecorded then
     */
    public OutboundDeskBuilder recording(
            RecordingPolicy policy, ConsentDesk consents, Consumer<RuntimeException> unkept) {
        recording = new OutboundRecording(policy, consents, unkept);
        return this;
    }

    /**
     * Who hears of what could not be done about a call that goes on: the book or a provider was away. It stops nothing: the record is
     * made, and {@link OutboundDesk#sweep} does what was left. Nobody unless said; must not throw.
     */
    public OutboundDeskBuilder failures(Consumer<RuntimeException> value) {
        failing = value;
        return this;
    }

    /**
     * Completes the desk.
     *
     * @throws IllegalStateException naming what was not given
     */
    public OutboundDesk open() {
        return new OutboundDesk(new OutboundParts(
                given("providers", pstn),
                given("providers", home),
                given("directory", directory),
                phones,
                shown == null ? OutboundDeskBuilder::nobody : shown,
                verified,
                given("routing", routes),
                given("routing", planner),
                given("routing", policy),
                failover,
                selling,
                priceList,
                given("guard", guard),
                given("credit", credit),
                admission,
                account,
                given("book", book),
                given("records", cdrs),
                telling,
                clock,
                settings,
                prompts,
                recording,
                failing));
    }

    private static PhoneNumber nobody(User user) {
        throw new IllegalStateException("no caller ID was said for " + user.id());
    }

    private static <T> T given(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("an outbound desk needs " + what + "; give it to the builder");
        }
        return value;
    }
}
