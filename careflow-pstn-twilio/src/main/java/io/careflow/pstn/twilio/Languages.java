package io.careflow.pstn.twilio;

import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Say;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The languages that Twilio speaks or understands, as twilio-java lists them. One that is asked for without its country gets
 * the one that stands here, else the first of the list. Immutable and thread-safe.
 */
final class Languages {
    private static final Map<String, String> USUAL = Map.of(
            "en", "en-US", "fr", "fr-FR", "es", "es-ES", "de", "de-DE", "pt", "pt-BR", "nl", "nl-NL", "zh", "zh-CN",
            "ar", "ar-AE");

    private final Set<String> tags;

    private Languages(Set<String> tags) {
        this.tags = tags;
    }

    /** What Twilio can say. */
    static Languages spoken() {
        return new Languages(Arrays.stream(Say.Language.values())
                .map(Say.Language::toString)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What Twilio can understand. */
    static Languages understood() {
        return new Languages(Arrays.stream(Gather.Language.values())
                .map(Gather.Language::toString)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The tag for this language; empty if Twilio does not have it. */
    Optional<String> tag(Locale language) {
        String wanted = language.toLanguageTag();
        if (tags.contains(wanted)) {
            return Optional.of(wanted);
        }
        if (!language.getCountry().isEmpty()) {
            return Optional.empty();
        }
        String usual = USUAL.get(language.getLanguage());
        if (usual != null && tags.contains(usual)) {
            return Optional.of(usual);
        }
        String prefix = language.getLanguage() + "-";
        return tags.stream().filter(tag -> tag.startsWith(prefix)).findFirst();
    }

    /** All tags. */
    Set<String> all() {
        return Set.copyOf(tags);
    }
}
