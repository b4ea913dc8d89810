package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.number.NumberSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a number as Telnyx's fields, which are spread over three resources. Refuses what cannot be set, before any I/O. */
final class NumberChanges {
    static final Set<Option<?>> OPTIONS = Set.of(
            TelnyxOptions.APPLICATION,
            TelnyxOptions.MESSAGING_PROFILE,
            TelnyxOptions.BILLING_GROUP,
            TelnyxOptions.EMERGENCY_ADDRESS,
            TelnyxOptions.FORWARD_TO,
            TelnyxOptions.CNAM_LISTING,
            TelnyxOptions.CALLER_NAMES,
            TelnyxOptions.CALL_SCREENING,
            TelnyxOptions.RECORD_INBOUND,
            TelnyxOptions.USAGE_PAYMENT);

    private static final Set<Option<?>> OF_ORDERS = Set.of(TelnyxOptions.REQUIREMENT_GROUP, TelnyxOptions.BUNDLE);
    private static final Set<String> SCREENING = Set.of("disabled", "flag_calls", "reject_calls");
    private static final Set<String> PAYMENT = Set.of("pay-per-minute", "channel");

    private final ProviderId provider;
    private final String operation;
    private final NumberSettings settings;

    NumberChanges(ProviderId provider, String operation, NumberSettings settings, boolean ordering) {
        this.provider = provider;
        this.operation = operation;
        this.settings = settings;
        TelnyxOptions.requireKnown(provider, operation, settings.options(), ordering ? ofOrders() : OPTIONS);
        refuse("voice URL", settings.voiceUrl());
        refuse("voice fallback URL", settings.voiceFallbackUrl());
        refuse("status URL", settings.statusUrl());
        refuse("message URL", settings.messageUrl());
        if (settings.trunkId() != null && option(TelnyxOptions.APPLICATION) != null) {
            throw invalid("a number has a trunk or " + TelnyxOptions.APPLICATION.name() + ", not both");
        }
        check(TelnyxOptions.FORWARD_TO, "|\\+[1-9][0-9]{1,14}", "a number in E.164, or empty for none");
        check(TelnyxOptions.CNAM_LISTING, "[A-Za-z0-9 ]{0,15}", "at most 15 letters, digits and blanks");
        check(TelnyxOptions.CALL_SCREENING, String.join("|", SCREENING), "one of " + SCREENING);
        check(TelnyxOptions.USAGE_PAYMENT, String.join("|", PAYMENT), "one of " + PAYMENT);
    }

    /** All options of an order. */
    static Set<Option<?>> ofOrders() {
        Set<Option<?>> all = new HashSet<>(OPTIONS);
        all.addAll(OF_ORDERS);
        return all;
    }

    /** What an order says of the number and of its connection, profile and payer. */
    void addToOrder(ObjectNode order, PhoneNumber number) {
        ObjectNode line = order.putArray("phone_numbers").addObject().put("phone_number", number.e164());
        put(line, "requirement_group_id", option(TelnyxOptions.REQUIREMENT_GROUP));
        put(line, "bundle_id", option(TelnyxOptions.BUNDLE));
        put(order, "connection_id", connection());
        put(order, "messaging_profile_id", option(TelnyxOptions.MESSAGING_PROFILE));
        put(order, "billing_group_id", option(TelnyxOptions.BILLING_GROUP));
    }

    /** Fields of the number itself that no order can carry. */
    ObjectNode label(ObjectNode body) {
        put(body, "customer_reference", settings.label());
        return body;
    }

    /** Fields of the number itself. */
    ObjectNode number(ObjectNode body) {
        put(body, "connection_id", connection());
        put(body, "billing_group_id", option(TelnyxOptions.BILLING_GROUP));
        return label(body);
    }

    /** Fields of its messaging settings. */
    ObjectNode messaging(ObjectNode body) {
        put(body, "messaging_profile_id", option(TelnyxOptions.MESSAGING_PROFILE));
        return body;
    }

    /** What registers its address with emergency services. */
    ObjectNode emergency(ObjectNode body) {
        String address = option(TelnyxOptions.EMERGENCY_ADDRESS);
        if (address != null) {
            body.put("emergency_enabled", true).put("emergency_address_id", address);
        }
        return body;
    }

    /** Fields of its voice settings. */
    ObjectNode voice(ObjectNode body) {
        String forward = option(TelnyxOptions.FORWARD_TO);
        if (forward != null) {
            ObjectNode forwarding = body.putObject("call_forwarding");
            forwarding.put("call_forwarding_enabled", !forward.isEmpty());
            if (!forward.isEmpty()) {
                forwarding.put("forwarding_type", "always").put("forwards_to", forward);
            }
        }
        String name = option(TelnyxOptions.CNAM_LISTING);
        if (name != null) {
            ObjectNode listing = body.putObject("cnam_listing");
            listing.put("cnam_listing_enabled", !name.isBlank());
            if (!name.isBlank()) {
                listing.put("cnam_listing_details", name);
            }
        }
        Boolean recording = option(TelnyxOptions.RECORD_INBOUND);
        if (recording != null) {
            body.putObject("call_recording")
                    .put("inbound_call_recording_enabled", recording)
                    .put("inbound_call_recording_format", "wav")
                    .put("inbound_call_recording_channels", "dual");
        }
        Boolean names = option(TelnyxOptions.CALLER_NAMES);
        if (names != null) {
            body.put("caller_id_name_enabled", names);
        }
        put(body, "inbound_call_screening", option(TelnyxOptions.CALL_SCREENING));
        put(body, "usage_payment_method", option(TelnyxOptions.USAGE_PAYMENT));
        return body;
    }

    private @Nullable String connection() {
        return settings.trunkId() != null ? settings.trunkId() : option(TelnyxOptions.APPLICATION);
    }

    private void refuse(String what, @Nullable Object value) {
        if (value != null) {
            throw new UnsupportedFeature(
                    provider,
                    operation,
                    what + " of a number",
                    List.of(
                            "label",
                            "trunk",
                            TelnyxOptions.APPLICATION.name() + " (which has the URLs)",
                            TelnyxOptions.MESSAGING_PROFILE.name() + " (which has the URL of messages)"));
        }
    }

    private void check(Option<String> option, String pattern, String allowed) {
        String value = option(option);
        if (value != null && !value.matches(pattern)) {
            throw invalid(option.name() + " is '" + value + "'; expected " + allowed);
        }
    }

    private InvalidRequest invalid(String reason) {
        return new InvalidRequest(Failure.of(provider, operation, Effect.NONE, reason));
    }

    private <T> @Nullable T option(Option<T> option) {
        return TelnyxOptions.value(settings.options(), option);
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
