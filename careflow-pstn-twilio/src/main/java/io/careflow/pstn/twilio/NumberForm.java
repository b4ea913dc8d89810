package io.careflow.pstn.twilio;

import com.twilio.http.Request;
import io.careflow.pstn.Option;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a number as fields of a form. One description for the order and for a change: twilio-java's creator and updater
 * have no common type.
 */
final class NumberForm {
    static final Set<Option<?>> OPTIONS = Set.of(
            TwilioOptions.ADDRESS,
            TwilioOptions.BUNDLE,
            TwilioOptions.IDENTITY,
            TwilioOptions.EMERGENCY_ADDRESS,
            TwilioOptions.MESSAGE_FALLBACK_URL);

    private final ProviderId provider;
    private final String operation;
    private final NumberSettings settings;

    NumberForm(ProviderId provider, String operation, NumberSettings settings) {
        this.provider = provider;
        this.operation = operation;
        this.settings = settings;
        TwilioOptions.requireKnown(provider, operation, settings.options(), OPTIONS);
        if (settings.trunkId() != null) {
            Object unused = Sid.require(provider, operation, "trunk id", "TK", settings.trunkId());
        }
    }

    /**
     * Adds the fields.
     *
     * @param change whether the number may have other settings, which would win: Twilio prefers a trunk to an application and an
     *     application to a URL
     */
    void addTo(Request request, boolean change) {
        if (settings.label() != null) {
            request.addPostParam("FriendlyName", settings.label());
        }
        url(request, "Voice", settings.voiceUrl());
        url(request, "VoiceFallback", settings.voiceFallbackUrl());
        url(request, "Sms", settings.messageUrl());
        url(request, "SmsFallback", option(TwilioOptions.MESSAGE_FALLBACK_URL));
        if (settings.statusUrl() != null) {
            request.addPostParam("StatusCallback", settings.statusUrl().toString());
            request.addPostParam("StatusCallbackMethod", "POST");
        }
        if (settings.trunkId() != null) {
            request.addPostParam("TrunkSid", settings.trunkId());
        }
        if (change) {
            clearTheOthers(request);
        }
        sid(request, "AddressSid", "AD", TwilioOptions.ADDRESS);
        sid(request, "BundleSid", "BU", TwilioOptions.BUNDLE);
        sid(request, "IdentitySid", "RI", TwilioOptions.IDENTITY);
        sid(request, "EmergencyAddressSid", "AD", TwilioOptions.EMERGENCY_ADDRESS);
    }

    // An empty value takes a setting away.
    private void clearTheOthers(Request request) {
        if (settings.voiceUrl() != null) {
            request.addPostParam("TrunkSid", "");
            request.addPostParam("VoiceApplicationSid", "");
        }
        if (settings.trunkId() != null) {
            request.addPostParam("VoiceUrl", "");
            request.addPostParam("VoiceApplicationSid", "");
        }
        if (settings.messageUrl() != null) {
            request.addPostParam("SmsApplicationSid", "");
        }
    }

    private static void url(Request request, String name, @Nullable URI url) {
        if (url != null) {
            request.addPostParam(name + "Url", url.toString());
            request.addPostParam(name + "Method", "POST");
        }
    }

    private void sid(Request request, String name, String prefix, Option<String> option) {
        String value = option(option);
        if (value != null) {
            request.addPostParam(name, Sid.require(provider, operation, option.name(), prefix, value));
        }
    }

    private <T> @Nullable T option(Option<T> option) {
        Map<Option<?>, Object> options = settings.options();
        return TwilioOptions.value(options, option);
    }
}
