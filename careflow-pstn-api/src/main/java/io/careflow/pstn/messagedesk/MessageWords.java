package io.careflow.pstn.messagedesk;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words that recipients send to be let alone, to be texted again, or to be helped. Only a text that is such a word and nothing else
 * counts: case, accents, blanks at the ends, punctuation and pictures do not matter, {@code please stop} is no such word. Immutable and
 * thread-safe.
 */
public final class MessageWords {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");
    private static final Pattern NOISE = Pattern.compile("[\\p{P}\\p{S}\\p{C}]+");

    private final Map<Meaning, Set<String>> words;

    private MessageWords(Map<Meaning, Set<String>> words) {
        this.words = words;
    }

    /** No words. */
    public static MessageWords none() {
        return new MessageWords(new EnumMap<>(Meaning.class));
    }

    /**
     * The words of CTIA's Messaging Principles and Best Practices and of Twilio's and Telnyx's defaults in English, and usual ones in
     * French and Spanish.
     */
    public static MessageWords standard() {
        return none().with(Meaning.STOP, "STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT")
                .with(Meaning.STOP, "REVOKE", "OPTOUT", "OPT OUT")
                .with(Meaning.STOP, "ARRET", "ARRETER", "ARRETEZ", "DESABONNER", "DESINSCRIRE", "ANNULER")
                .with(Meaning.STOP, "PARAR", "PARE", "BAJA", "ALTO", "DETENER", "CANCELAR")
                .with(Meaning.START, "START", "YES", "UNSTOP", "DEBUT", "COMMENCER", "REPRENDRE")
                .with(Meaning.START, "ALTA", "COMENZAR", "INICIAR", "EMPEZAR")
                .with(Meaning.HELP, "HELP", "INFO", "AIDE", "AYUDA");
    }

    /**
     * More words; one that had another meaning has this one now.
     *
     * @throws IllegalArgumentException if one has no letter and no digit
     */
    public MessageWords with(Meaning meaning, String... more) {
        Objects.requireNonNull(meaning, "meaning");
        Map<Meaning, Set<String>> next = copy();
        for (String word : more) {
            String folded = folded(word);
            if (folded.isEmpty()) {
                throw new IllegalArgumentException("word '" + word + "' has no letter and no digit");
            }
            next.values().forEach(others -> others.remove(folded));
            next.computeIfAbsent(meaning, none -> new LinkedHashSet<>()).add(folded);
        }
        return new MessageWords(next);
    }

    /** Without these words, whatever they meant. */
    public MessageWords without(String... fewer) {
        Map<Meaning, Set<String>> next = copy();
        for (String word : fewer) {
            next.values().forEach(others -> others.remove(folded(word)));
        }
        return new MessageWords(next);
    }

    /** What a whole text means; empty if it is not one of the words. */
    public Optional<Meaning> meaning(String text) {
        String folded = folded(text);
        return words.entrySet().stream()
                .filter(each -> each.getValue().contains(folded))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Map<Meaning, Set<String>> copy() {
        Map<Meaning, Set<String>> copy = new EnumMap<>(Meaning.class);
        words.forEach((meaning, known) -> copy.put(meaning, new LinkedHashSet<>(known)));
        return copy;
    }

    private static String folded(String text) {
        String blanks = BLANKS.matcher(text).replaceAll(" ");
        String plain = NOISE.matcher(Normalizer.normalize(blanks, Normalizer.Form.NFKD))
                .replaceAll("");
        String letters = ACCENTS.matcher(plain).replaceAll("");
        return BLANKS.matcher(letters).replaceAll(" ").strip().toUpperCase(Locale.ROOT);
    }

    /** What a word means. */
    public enum Meaning {
        /** No more texts. */
        STOP,
        /** Texts again. */
        START,
        /** Who is this? */
        HELP
    }
}
