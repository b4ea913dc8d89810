package io.careflow.pstn.telnyx;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks which language: what the application chose, else a voice of Amazon Polly. A language without its country gets the
 * usual one. Immutable and thread-safe.
 */
final class Voices {
    private static final String POLLY = "AWS.Polly.";
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("en", "en-US"),
            // Polly has no English voice of Canada; this is the nearest.
            Map.entry("en-CA", "en-US"),
            Map.entry("fr", "fr-FR"),
            Map.entry("es", "es-ES"),
            Map.entry("de", "de-DE"),
            Map.entry("pt", "pt-BR"),
            Map.entry("it", "it-IT"),
            Map.entry("nl", "nl-NL"),
            Map.entry("pl", "pl-PL"),
            Map.entry("ja", "ja-JP"),
            Map.entry("ko", "ko-KR"),
            Map.entry("zh", "cmn-CN"),
            Map.entry("ar", "arb"),
            Map.entry("hi", "hi-IN"),
            Map.entry("sv", "sv-SE"),
            Map.entry("nb", "nb-NO"),
            Map.entry("no", "nb-NO"),
            Map.entry("da", "da-DK"),
            Map.entry("tr", "tr-TR"),
            Map.entry("ru", "ru-RU"),
            Map.entry("ro", "ro-RO"),
            Map.entry("is", "is-IS"),
            Map.entry("cy", "cy-GB"));
    private static final Map<String, String> POLLY_VOICES = Map.ofEntries(
            Map.entry("en-US", "Joanna-Neural"),
            Map.entry("en-GB", "Amy-Neural"),
            Map.entry("en-AU", "Olivia-Neural"),
            Map.entry("en-IN", "Kajal-Neural"),
            Map.entry("fr-FR", "Lea-Neural"),
            Map.entry("fr-CA", "Gabrielle-Neural"),
            Map.entry("es-ES", "Lucia-Neural"),
            Map.entry("es-MX", "Mia-Neural"),
            Map.entry("es-US", "Lupe-Neural"),
            Map.entry("de-DE", "Vicki-Neural"),
            Map.entry("pt-BR", "Camila-Neural"),
            Map.entry("pt-PT", "Ines-Neural"),
            Map.entry("it-IT", "Bianca-Neural"),
            Map.entry("nl-NL", "Laura-Neural"),
            Map.entry("pl-PL", "Ola-Neural"),
            Map.entry("ja-JP", "Takumi-Neural"),
            Map.entry("ko-KR", "Seoyeon-Neural"),
            Map.entry("cmn-CN", "Zhiyu-Neural"),
            Map.entry("arb", "Zeina"),
            Map.entry("hi-IN", "Aditi"),
            Map.entry("sv-SE", "Elin-Neural"),
            Map.entry("nb-NO", "Ida-Neural"),
            Map.entry("da-DK", "Sofie-Neural"),
            Map.entry("tr-TR", "Filiz"),
            Map.entry("ru-RU", "Tatyana"),
            Map.entry("ro-RO", "Carmen"),
            Map.entry("is-IS", "Dora"),
            Map.entry("cy-GB", "Gwyneth"));

    private final Map<String, String> chosen;

    Voices(Map<String, String> chosen) {
        this.chosen = Map.copyOf(chosen);
    }

    /** The voice for this language; empty if nobody speaks it. */
    Optional<Voice> find(Locale language) {
        String tag = language.toLanguageTag();
        String own = chosen.get(tag);
        if (own != null) {
            return Optional.of(new Voice(own, POLLY_VOICES.containsKey(tag) ? tag : null));
        }
        String full = tag.equals("zh-CN") ? "cmn-CN" : USUAL.getOrDefault(tag, tag);
        String polly = POLLY_VOICES.get(full);
        return polly == null ? Optional.empty() : Optional.of(new Voice(POLLY + polly, full));
    }

    Voice require(Locale language) {
        return find(language)
                .orElseThrow(() -> new IllegalArgumentException("no voice speaks " + language.toLanguageTag()));
    }

    /** All languages that somebody speaks. */
    Set<String> languages() {
        Set<String> all = new TreeSet<>(POLLY_VOICES.keySet());
        all.addAll(USUAL.keySet());
        all.addAll(chosen.keySet());
        return all;
    }

    /**
     * A voice.
     *
     * @param name as Telnyx calls it
     * @param language Telnyx's tag; null where it has none for this language
     */
    record Voice(String name, @Nullable String language) {}
}
