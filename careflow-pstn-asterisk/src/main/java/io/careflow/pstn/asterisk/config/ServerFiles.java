package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.config.AsteriskPlan.Tls;
import java.util.ArrayList;
import java.util.List;

/** Everything but SIP and dialplan: how the application gets in, where voice goes, and what must be loaded. */
final class ServerFiles {
    private static final int FIRST_WITH_WEBSOCKET_CLIENT = 20;
    private static final List<String> MODULES = List.of(
            "app_amd",
            "app_dial",
            "app_playback",
            "app_stack",
            "app_stasis",
            "app_verbose",
            "bridge_builtin_features",
            "bridge_builtin_interval_features",
            "bridge_holding",
            "bridge_native_rtp",
            "bridge_simple",
            "bridge_softmix",
            "chan_bridge_media",
            "codec_alaw",
            "codec_g722",
            "codec_gsm",
            "codec_resample",
            "codec_ulaw",
            "format_gsm",
            "format_pcm",
            "format_sln",
            "format_wav",
            "func_callerid",
            "func_channel",
            "func_cut",
            "func_global",
            "func_hangupcause",
            "func_logic",
            "func_strings",
            "func_timeout",
            "pbx_config",
            "res_ari",
            "res_ari_applications",
            "res_ari_asterisk",
            "res_ari_bridges",
            "res_ari_channels",
            "res_ari_endpoints",
            "res_ari_events",
            "res_ari_model",
            "res_ari_playbacks",
            "res_ari_recordings",
            "res_ari_sounds",
            "res_crypto",
            "res_http_websocket",
            "res_musiconhold",
            "res_pjproject",
            "res_rtp_asterisk",
            "res_sorcery_astdb",
            "res_sorcery_config",
            "res_sorcery_memory",
            "res_srtp",
            "res_stasis",
            "res_stasis_answer",
            "res_stasis_playback",
            "res_stasis_recording",
            "res_stasis_snoop",
            "res_timing_timerfd");
    private static final List<String> PJSIP_MODULES = List.of(
            "chan_pjsip",
            "func_pjsip_aor",
            "func_pjsip_contact",
            "func_pjsip_endpoint",
            "res_pjsip",
            "res_pjsip_acl",
            "res_pjsip_authenticator_digest",
            "res_pjsip_caller_id",
            "res_pjsip_dlg_options",
            "res_pjsip_dtmf_info",
            "res_pjsip_empty_info",
            "res_pjsip_endpoint_identifier_ip",
            "res_pjsip_endpoint_identifier_user",
            "res_pjsip_header_funcs",
            "res_pjsip_nat",
            "res_pjsip_outbound_authenticator_digest",
            "res_pjsip_outbound_registration",
            "res_pjsip_path",
            "res_pjsip_pubsub",
            "res_pjsip_registrar",
            "res_pjsip_rfc3326",
            "res_pjsip_sdp_rtp",
            "res_pjsip_session",
            "res_pjsip_t38",
            "res_pjsip_transport_websocket");

    private final AsteriskPlan plan;

    ServerFiles(AsteriskPlan plan) {
        this.plan = plan;
    }

    List<RenderedFile> render() {
        List<RenderedFile> files = new ArrayList<>(List.of(ari(), http(), rtp(), modules()));
        if (plan.trunks().stream().anyMatch(trunk -> trunk.media().t38())) {
            files.add(new ConfText("Fax over IP.")
                    .section("general")
                    .set("udptlstart", 4000)
                    .set("udptlend", 4999)
                    .file("udptl.conf"));
        }
        return files;
    }

    private RenderedFile ari() {
        return new ConfText("The application's way in.")
                .section("general")
                .set("enabled", true)
                .set("pretty", false)
                .set("websocket_write_timeout", 1000)
                .section(plan.ariUser())
                .set("type", "user")
                .set("read_only", false)
                .set("password", plan.ariPassword().reveal())
                .set("password_format", "plain")
                .secretFile("ari.conf");
    }

    private RenderedFile http() {
        ConfText conf = new ConfText("Whoever reaches these addresses reaches ARI, and needs its password.")
                .section("general")
                .set("servername", "Asterisk")
                .set("enabled", true)
                .set("bindaddr", plan.http().address())
                .set("bindport", plan.http().port())
                .set("sessionlimit", 1000)
                .set("session_inactivity", 30_000)
                .set("session_keep_alive", 15_000);
        Listener https = plan.https();
        Tls tls = plan.tls();
        if (https != null && tls != null) {
            conf.set("tlsenable", true)
                    .set("tlsbindaddr", https.toString())
                    .set("tlscertfile", tls.certificate())
                    .set("tlsprivatekey", tls.key());
        }
        return conf.file("http.conf");
    }

    private RenderedFile rtp() {
        return new ConfText()
                .section("general")
                .set("rtpstart", plan.rtp().first())
                .set("rtpend", plan.rtp().last())
                .set("strictrtp", true)
                .set("icesupport", plan.hasBrowsers())
                .file("rtp.conf");
    }

    private RenderedFile modules() {
        ConfText conf = new ConfText(
                "What must be loaded. With autoload = no, write into [modules] of modules.conf:",
                "#include \"careflow_modules.conf\"");
        List<String> all = new ArrayList<>(MODULES);
        all.addAll(plan.chanSip() ? List.of("chan_sip") : PJSIP_MODULES);
        if (plan.version() >= FIRST_WITH_WEBSOCKET_CLIENT) {
            // ARI needs it since 20.15, 21.10 and 22.5; those before complain that it is missing, and go on.
            all.add("res_websocket_client");
        }
        all.stream()
                .sorted()
                .forEach(module -> conf.set(module.startsWith("res_sorcery") ? "preload" : "load", module + ".so"));
        return conf.file("careflow_modules.conf");
    }
}
