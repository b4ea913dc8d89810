package io.careflow.pstn.messagedesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.messagedesk.MessageWords.Meaning;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Words that recipients choose by")
class MessageWordsTest {
    private final MessageWords words = MessageWords.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop",
                " Stop.\n",
                "STOPALL",
                "Stop  all",
                "unsubscribe",
                "Cancel!",
                "END",
                "quit",
                "REVOKE",
                "OptOut",
                "opt-out",
                "opt out",
                "\"STOP\"",
                "\u00abArr\u00eat\u00bb",
                "arret",
                "ARRE\u0302T",
                "d\u00e9sabonner",
                "parar",
                "Baja",
                "ALTO",
                "STOP \ud83d\ude4f",
                "\uff33\uff34\uff2f\uff30",
                "S\u00adTOP",
                "STOP\u00a0"
            })
    @DisplayName("no more texts")
    void stop(String text) {
        assertThat(words.meaning(text)).contains(Meaning.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "YES", "Unstop", "commencer", "Alta"})
    @DisplayName("texts again")
    void start(String text) {
        assertThat(words.meaning(text)).contains(Meaning.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP", "Info?", "aide", "\u00a1Ayuda!"})
    @DisplayName("help")
    void help(String text) {
        assertThat(words.meaning(text)).contains(Meaning.HELP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "!", "please stop", "Stop it", "the end", "nonstop", "S T O P", "yes please", "no"})
    @DisplayName("everything else is a text like any other, also if such a word is in it")
    void others(String text) {
        assertThat(words.meaning(text)).isEmpty();
    }

    @Test
    @DisplayName("words are data: others may be added, and given ones taken away")
    void data() {
        MessageWords more = words.with(Meaning.STOP, "Finito").without("yes", "Alto");
        assertThat(more.meaning("FINITO!")).contains(Meaning.STOP);
        assertThat(more.meaning("yes")).isEmpty();
        assertThat(more.meaning("alto")).isEmpty();
        assertThat(more.with(Meaning.HELP, "info", "stop").meaning("stop")).contains(Meaning.HELP);
        assertThat(words.meaning("finito")).isEmpty();
        assertThat(MessageWords.none().meaning("STOP")).isEmpty();
        assertThatThrownBy(() -> words.with(Meaning.STOP, " ! "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no letter");
    }
}
