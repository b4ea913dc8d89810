package io.careflow.pstn.benchmarks;

import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.prefixmapper.PhonePrefixMap;
import com.googlecode.concurrenttrees.radix.node.concrete.DefaultCharArrayNodeFactory;
import com.googlecode.concurrenttrees.radixinverted.ConcurrentInvertedRadixTree;
import com.googlecode.concurrenttrees.radixinverted.InvertedRadixTree;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.collections4.trie.PatriciaTrie;

/** Something that finds the longest prefix of a number: answers its place among the sorted prefixes, or -1. */
@FunctionalInterface
interface Lookup {
    String OURS = "careflow";
    String BOUND = "array-walk";
    List<String> PEERS = List.of(
            "treemap-floor", "hashmap-per-length", "patricia-trie", "concurrent-trees", "libphonenumber-prefix-map");

    /** Finds it for one of the numbers of the world, by its place. */
    int find(int number);

    static Lookup of(String name, World world) {
        return switch (name) {
            case OURS -> careflow(world);
            case BOUND -> bound(world);
            case "treemap-floor" -> treeMap(world);
            case "hashmap-per-length" -> hashMap(world);
            case "patricia-trie" -> patricia(world);
            case "concurrent-trees" -> concurrentTrees(world);
            case "libphonenumber-prefix-map" -> prefixMap(world);
            default -> throw new IllegalArgumentException("no such lookup: " + name);
        };
    }

    private static Lookup careflow(World world) {
        Rate rate = Rate.builder("1").perMinute("0.01").increments(1, 1).build();
        RateDeckBuilder builder =
                RateDeck.builder("world", "1", "carrier", Direction.OUTBOUND).currency(Currency.getInstance("USD"));
        world.prefixes().forEach(prefix -> builder.add(rate.withPrefix(prefix)));
        RateDeck deck = builder.build();
        String[] numbers = world.numbers().toArray(String[]::new);
        Instant at = Instant.parse("2026-06-01T00:00:00Z");
        return i -> deck.indexOf(numbers[i], at);
    }

    private static Lookup bound(World world) {
        ArrayWalk walk = new ArrayWalk(world.prefixes());
        String[] numbers = world.numbers().toArray(String[]::new);
        return i -> walk.find(numbers[i]);
    }

    /** Each step down goes to the longest that the number and the key below it have in common. */
    private static Lookup treeMap(World world) {
        TreeMap<String, Integer> map = new TreeMap<>(byPrefix(world));
        String[] numbers = world.numbers().toArray(String[]::new);
        return i -> {
            String key = numbers[i];
            while (true) {
                Map.Entry<String, Integer> floor = map.floorEntry(key);
                if (floor == null) {
                    return -1;
                }
                if (key.startsWith(floor.getKey())) {
                    return floor.getValue();
                }
                key = key.substring(0, common(key, floor.getKey()));
            }
        };
    }

    private static int common(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int i = 0;
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    private static Lookup hashMap(World world) {
        Map<String, Integer> map = byPrefix(world);
        String[] numbers = world.numbers().toArray(String[]::new);
        int longest = longest(world);
        return i -> probe(map, numbers[i], longest);
    }

    private static Lookup patricia(World world) {
        PatriciaTrie<Integer> trie = new PatriciaTrie<>(byPrefix(world));
        String[] numbers = world.numbers().toArray(String[]::new);
        int longest = longest(world);
        return i -> probe(trie, numbers[i], longest);
    }

    private static int probe(Map<String, Integer> map, String number, int longest) {
        for (int length = Math.min(longest, number.length()); length > 0; length--) {
            Integer found = map.get(number.substring(0, length));
            if (found != null) {
                return found;
            }
        }
        return -1;
    }

    private static Lookup concurrentTrees(World world) {
        InvertedRadixTree<Integer> tree = new ConcurrentInvertedRadixTree<>(new DefaultCharArrayNodeFactory());
        byPrefix(world).forEach(tree::put);
        String[] numbers = world.numbers().toArray(String[]::new);
        return i -> {
            Integer found = tree.getValueForLongestKeyPrefixing(numbers[i]);
            return found == null ? -1 : found;
        };
    }

    /** It wants its numbers parsed: they lie ready so. It finds a text. */
    private static Lookup prefixMap(World world) {
        TreeMap<Integer, String> texts = new TreeMap<>();
        Map<String, Integer> places = new HashMap<>();
        byPrefix(world).forEach((prefix, place) -> {
            texts.put(Integer.valueOf(prefix), prefix);
            places.put(prefix, place);
        });
        PhonePrefixMap map = new PhonePrefixMap();
        map.readPhonePrefixMap(texts);
        PhoneNumber[] numbers = world.numbers().stream()
                .map(number -> new PhoneNumber()
                        .setCountryCode(Integer.parseInt(number.substring(0, 1)))
                        .setNationalNumber(Long.parseLong(number.substring(1)))
                        .setItalianLeadingZero(number.charAt(1) == '0')
                        .setNumberOfLeadingZeros(zeros(number)))
                .toArray(PhoneNumber[]::new);
        return i -> {
            String found = map.lookup(numbers[i]);
            return found == null ? -1 : places.getOrDefault(found, -1);
        };
    }

    private static int zeros(String number) {
        int i = 1;
        while (i < number.length() - 1 && number.charAt(i) == '0') {
            i++;
        }
        return Math.max(1, i - 1);
    }

    private static Map<String, Integer> byPrefix(World world) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < world.prefixes().size(); i++) {
            places.put(world.prefixes().get(i), i);
        }
        return places;
    }

    private static int longest(World world) {
        return world.prefixes().stream().mapToInt(String::length).max().orElse(0);
    }
}
