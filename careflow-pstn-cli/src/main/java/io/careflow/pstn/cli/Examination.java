package io.careflow.pstn.cli;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.siptrunk.SipTrunkProvider;
import io.careflow.pstn.telnyx.CallApplications;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRegistrations;
import io.careflow.pstn.voipms.EmergencyAddresses;
import io.careflow.pstn.voipms.EmergencyState;
import io.careflow.pstn.webhook.Webhooks;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at a provider from all sides, changing nothing. */
final class Examination {
    /** Everything that a provider may be able to do. */
    private static final List<Class<? extends Capability>> CAPABILITIES = List.of(
            NumberInventory.class,
            NumberReservations.class,
            NumberRequirements.class,
            CallerIds.class,
            TrunkControl.class,
            TrunkRegistrations.class,
            CallApplications.class,
            CallControl.class,
            Conferences.class,
            Messaging.class,
            Recordings.class,
            Webhooks.class,
            ProviderCdrs.class,
            Account.class,
            DialingPermissions.class,
            Prices.class,
            ProviderHealth.class);

    private static final int SHOWN = 10;

    private final PstnProvider provider;
    private final List<Finding> findings;

    Examination(PstnProvider provider, List<Finding> findings) {
        this.provider = provider;
        this.findings = findings;
    }

    void run() {
        CAPABILITIES.forEach(this::capability);
        boolean reached = true;
        if (provider instanceof SipTrunkProvider trunk) {
            findings.add(Finding.ok(
                    "profile", "sound; carrier without an API, so nobody was asked, and its password was not fetched"));
            trunk.profile().warnings().forEach(warning -> findings.add(Finding.warning("profile", warning)));
        } else if (!reached()) {
            reached = false;
        } else {
            provider.find(DialingPermissions.class).ifPresent(this::permissions);
            provider.find(EmergencyAddresses.class).ifPresent(this::emergency);
        }
        Optional<ProviderHealth> health = provider.find(ProviderHealth.class);
        if (health.isPresent()) {
            health(health.get(), reached);
        }
    }

    private <C extends Capability> void capability(Class<C> type) {
        String name = "can " + type.getSimpleName();
        Optional<C> found = provider.find(type);
        findings.add(found.map(capability -> Finding.ok(name, described(type, capability)))
                .orElseGet(() -> Finding.info(name, "no: this provider cannot do it")));
    }

    private static String described(Class<?> type, Capability capability) {
        StringBuilder text = new StringBuilder("yes");
        if (type == CallControl.class && capability instanceof CallControl calls) {
            text.append("; flows: ")
                    .append(String.join(", ", new TreeSet<>(calls.flows().supported())));
        } else if (type == TrunkControl.class
                && capability instanceof TrunkControl trunks
                && !trunks.kinds().isEmpty()) {
            text.append("; kinds: ").append(Values.text(trunks.kinds()));
        }
        // One object may be several capabilities; what is told of one is not told again of the other.
        if (!capability.options().isEmpty() && type != TrunkRegistrations.class) {
            text.append("; options: ").append(Values.text(capability.options()));
        }
        return text.toString();
    }

    /** One small read tells whether the provider answers and knows us. */
    private boolean reached() {
        Optional<Supplier<String>> probe = provider.find(Account.class)
                .<Supplier<String>>map(account -> () -> "balance " + account.balance())
                .or(() -> provider.find(NumberInventory.class)
                        .map(numbers -> () -> numbers.list().size() + " numbers"))
                .or(() -> provider.find(TrunkControl.class)
                        .map(trunks -> () -> trunks.list().size() + " trunks"));
        if (probe.isEmpty()) {
            findings.add(Finding.info("account", "nothing of this provider can be read without knowing its id"));
            return true;
        }
        try {
            String found = probe.get().get();
            findings.add(Finding.ok("reachability", "the provider answers"));
            findings.add(Finding.ok("credentials", "accepted; " + found));
            return true;
        } catch (AuthenticationFailed e) {
            findings.add(Finding.ok("reachability", "the provider answers"));
            findings.add(Finding.failed("credentials", reason(e)));
        } catch (ProviderUnavailable e) {
            findings.add(Finding.failed("reachability", reason(e)));
        } catch (PstnException e) {
            findings.add(Finding.failed("account", reason(e)));
        }
        return false;
    }

    private void permissions(DialingPermissions permissions) {
        try {
            List<CountryPermission> risky = permissions.risky();
            if (risky.isEmpty()) {
                findings.add(Finding.ok("dialing permissions", "no high-risk numbers are open"));
            } else {
                String countries = risky.stream()
                        .limit(SHOWN)
                        .map(CountryPermission::country)
                        .collect(Collectors.joining(", "));
                findings.add(Finding.warning(
                        "dialing permissions",
                        "high-risk numbers are open in " + risky.size()
                                + (risky.size() == 1 ? " country: " : " countries: ") + countries
                                + (risky.size() > SHOWN ? ", ..." : "")));
            }
        } catch (PstnException e) {
            findings.add(Finding.warning("dialing permissions", "could not be read: " + reason(e)));
        }
    }

    /** Who calls for help from such a number is not found. */
    private void emergency(EmergencyAddresses addresses) {
        try {
            List<EmergencyState> missing = addresses.missing();
            if (missing.isEmpty()) {
                findings.add(Finding.ok("emergency addresses", "every number has one"));
            }
            missing.forEach(state -> findings.add(Finding.warning("emergency addresses", state.finding())));
        } catch (PstnException e) {
            findings.add(Finding.warning("emergency addresses", "could not be read: " + reason(e)));
        }
    }

    /** That requests are sent is no good news where they arrive nowhere. */
    private void health(ProviderHealth health, boolean reached) {
        ProviderHealth.State state = health.state();
        if (state.availability() != ProviderHealth.Availability.AVAILABLE) {
            findings.add(Finding.warning("health", state.availability() + ": " + state.reason()));
        } else if (reached) {
            findings.add(Finding.ok("health", "requests are sent"));
        }
    }

    private static String reason(PstnException failure) {
        return String.valueOf(failure.getMessage()).replaceFirst(" \\((nothing was|it may have been) done\\)$", "");
    }
}
