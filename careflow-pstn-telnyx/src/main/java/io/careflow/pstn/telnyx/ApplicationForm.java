package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads Telnyx's call-control application. */
final class ApplicationForm {
    private static final int SECONDS = 30;
    private static final List<String> DETAILS = List.of(
            "active",
            "anchorsite_override",
            "dtmf_type",
            "webhook_api_version",
            "webhook_timeout_secs",
            "first_command_timeout",
            "first_command_timeout_secs",
            "call_cost_in_webhooks",
            "redact_dtmf_debug_logging",
            "created_at");

    private ApplicationForm() {}

    static ObjectNode write(ObjectNode body, CallApplicationSettings settings, @Nullable String profile, boolean anew) {
        body.put("application_name", settings.name())
                .put("webhook_event_url", settings.webhookUrl().toString())
                .put(
                        "webhook_event_failover_url",
                        settings.fallbackUrl() == null
                                ? null
                                : settings.fallbackUrl().toString())
                // Version 1 unless asked.
                .put("webhook_api_version", "2")
                .put("webhook_timeout_secs", SECONDS)
                .put("active", true)
                .put("first_command_timeout", true)
                .put("first_command_timeout_secs", SECONDS)
                .put("call_cost_in_webhooks", true)
                .put("redact_dtmf_debug_logging", true);
        ObjectNode inbound = body.putObject("inbound");
        inbound.put("channel_limit", settings.inboundCalls()).put("shaken_stir_enabled", true);
        if (settings.sipSubdomain() == null && anew) {
            inbound.putNull("sip_subdomain");
        } else if (settings.sipSubdomain() != null) {
            // Open to everybody unless asked, at our cost.
            inbound.put("sip_subdomain", settings.sipSubdomain())
                    .put("sip_subdomain_receive_settings", "only_my_connections");
        }
        ObjectNode outbound = body.putObject("outbound");
        outbound.put("channel_limit", settings.outboundCalls());
        if (profile != null) {
            outbound.put("outbound_voice_profile_id", profile);
        }
        return body;
    }

    static CallApplication read(Fields application, @Nullable Fields profile) {
        return new CallApplication(
                application.requireText("id"),
                application.text("application_name").orElse(""),
                application.uri("webhook_event_url").orElse(null),
                application.uri("webhook_event_failover_url").orElse(null),
                application
                        .object("inbound")
                        .flatMap(inbound -> inbound.text("sip_subdomain"))
                        .orElse(null),
                calls(application, "inbound"),
                calls(application, "outbound"),
                VoiceProfiles.limits(profile),
                details(application, profile));
    }

    private static @Nullable Integer calls(Fields application, String way) {
        int calls = application
                .object(way)
                .map(fields -> fields.integer("channel_limit").orElse(0))
                .orElse(0);
        return calls > 0 ? calls : null;
    }

    private static Map<String, String> details(Fields application, @Nullable Fields profile) {
        Map<String, String> details = new TreeMap<>(VoiceProfiles.details(profile));
        DETAILS.forEach(name -> application.text(name).ifPresent(value -> details.put(name, value)));
        if (application.text("webhook_api_version").orElse("").equals("1")) {
            details.put("warning.webhook-api-version", "1: events come in an old form that is not understood");
        }
        if (!application.bool("active").orElse(true)) {
            details.put("warning.active", "the application is switched off");
        }
        application
                .object("inbound")
                .flatMap(inbound -> inbound.text("sip_subdomain_receive_settings"))
                .filter(setting -> setting.equals("from_anyone"))
                .filter(setting -> application
                        .object("inbound")
                        .flatMap(inbound -> inbound.text("sip_subdomain"))
                        .isPresent())
                .ifPresent(setting -> details.put("warning.sip-subdomain", "everybody may call it, at our cost"));
        return details;
    }
}
