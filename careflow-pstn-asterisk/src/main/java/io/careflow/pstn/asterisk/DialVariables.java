package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Asterisk's Dial takes from variables of the channel: the name that is shown, and what warns of the end. Part of one call. */
final class DialVariables {
    private static final Logger log = LoggerFactory.getLogger(DialVariables.class);
    private static final String INTERVALS = "bridge_builtin_interval_features.so";
    private static final String SOUND = "sound:";

    private final AsteriskCall call;
    private boolean named;

    DialVariables(AsteriskCall call) {
        this.call = call;
    }

    /** Whether a predecessor set a name is not known. */
    void resume() {
        named = true;
    }

    /**
     * Sets them for a dial.
     *
     * @return the limit of the conversation as Dial's option L takes it: milliseconds, and when the warning comes
     */
    String set(Dial wanted) {
        name(wanted.label());
        String longest = Long.toString(wanted.longest().toMillis());
        DialWarning warning = wanted.warning();
        return warning != null && warns(warning)
                ? longest + ":" + warning.before().toMillis()
                : longest;
    }

    private void name(@Nullable String label) {
        if (label == null && !named) {
            return;
        }
        String own = call.state().from().displayName();
        named = label != null;
        set("CALLERID(name)", label == null ? (own == null ? "" : own) : harmless(label));
    }

    // A warning that cannot be spoken is no reason not to let people talk; the limit holds all the same.
    private boolean warns(DialWarning warning) {
        if (!call.board().rest().hasModule(INTERVALS)) {
            // Asterisk would end the talk at once.
            log.warn("{}: nothing will warn of the end of the talk: Asterisk has not loaded {}", call.ref(), INTERVALS);
            return false;
        }
        String media;
        try {
            media = call.board().prompts().media(List.of(warning.prompt())).get(0);
        } catch (SpeechException e) {
            log.warn("{}: nothing will warn of the end of the talk: {}", call.ref(), e.getMessage());
            return false;
        }
        set("LIMIT_WARNING_FILE", media.startsWith(SOUND) ? media.substring(SOUND.length()) : media);
        // Who calls hears it by default: our own user, whether we called them or they dialled. A stranger who called in
        // pays nothing
        // to us: there the user who is called hears it too.
        boolean stranger =
                call.state().direction() == Direction.INBOUND && call.state().user() == null;
        if (stranger) {
            set("LIMIT_PLAYAUDIO_CALLEE", "yes");
        }
        return true;
    }

    private void set(String variable, String value) {
        if (!call.board().rest().setVariable(call.channel(), variable, value)) {
            call.lookAgain();
        }
    }

    /** A display name of SIP is quoted: what could end the quotes is left out. */
    static String harmless(String label) {
        return label.replaceAll("[\"\\\\<>\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
