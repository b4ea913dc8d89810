package io.careflow.pstn.benchmarks;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Prefixes of a world price list and numbers to look up, the same for the same seed. The prefixes begin as the real country calling
 * codes; then, again and again, a random valid number is drawn, and the longest prefix that it has so far is divided by one more
 * digit: the number's own, and each other with a chance of one half, up to nine digits. So the list is deep where numbers are, as
 * price lists are. A number is an example of libphonenumber of a random region and kind, of which all digits after the first one to
 * four are random, if libphonenumber calls it valid.
 */
record World(List<String> prefixes, List<String> numbers) {
    private static final int LONGEST_PREFIX = 9;
    private static final List<PhoneNumberType> KINDS = List.of(
            PhoneNumberType.MOBILE,
            PhoneNumberType.MOBILE,
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.TOLL_FREE);

    static World make(long seed, int prefixes, int numbers) {
        Draw draw = new Draw(new Random(seed));
        Set<String> all = new HashSet<>();
        draw.util.getSupportedCallingCodes().forEach(code -> all.add(Integer.toString(code)));
        while (all.size() < prefixes) {
            divide(all, draw);
        }
        TreeSet<String> sorted = new TreeSet<>(all);
        while (sorted.size() > prefixes) {
            sorted.pollLast();
        }
        return new World(
                List.copyOf(sorted),
                Stream.generate(draw::number)
                        .filter(number -> !isBeginning(number, sorted))
                        .limit(numbers)
                        .toList());
    }

    /** Whether a prefix goes on where the number ends, which the bound does not look for. */
    private static boolean isBeginning(String number, TreeSet<String> prefixes) {
        String next = prefixes.higher(number);
        return next != null && next.startsWith(number);
    }

    private static void divide(Set<String> all, Draw draw) {
        String number = draw.number();
        int length = Math.min(LONGEST_PREFIX, number.length());
        while (!all.contains(number.substring(0, length))) {
            length--;
        }
        if (length < LONGEST_PREFIX && length < number.length()) {
            String parent = number.substring(0, length);
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit == number.charAt(length) || draw.random.nextBoolean()) {
                    all.add(parent + digit);
                }
            }
        }
    }

    /** How many prefixes have each length, for example {@code 3:120 4:4000}. */
    String lengths() {
        int[] counts = new int[LONGEST_PREFIX + 1];
        prefixes.forEach(prefix -> counts[prefix.length()]++);
        List<String> text = new ArrayList<>();
        for (int length = 1; length <= LONGEST_PREFIX; length++) {
            text.add(length + ":" + counts[length]);
        }
        return String.join(" ", text);
    }

    /** For the processes in which JMH measures. */
    void write(Path folder) {
        try {
            Files.write(folder.resolve("prefixes"), prefixes);
            Files.write(folder.resolve("numbers"), numbers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static World read(Path folder) {
        try {
            return new World(
                    Files.readAllLines(folder.resolve("prefixes")), Files.readAllLines(folder.resolve("numbers")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Draw {
        private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        private final Random random;
        private final List<PhoneNumber> examples = new ArrayList<>();

        private Draw(Random random) {
            this.random = random;
            for (String region : util.getSupportedRegions().stream().sorted().toList()) {
                for (PhoneNumberType kind : KINDS) {
                    PhoneNumber example = util.getExampleNumberForType(region, kind);
                    if (example != null) {
                        examples.add(example);
                    }
                }
            }
        }

        private String number() {
            while (true) {
                PhoneNumber example = examples.get(random.nextInt(examples.size()));
                String digits = util.getNationalSignificantNumber(example);
                StringBuilder other = new StringBuilder(digits.substring(0, Math.min(digits.length(), kept())));
                while (other.length() < digits.length()) {
                    other.append((char) ('0' + random.nextInt(10)));
                }
                PhoneNumber number = new PhoneNumber()
                        .setCountryCode(example.getCountryCode())
                        .setNationalNumber(Long.parseLong(other.toString()));
                if (other.charAt(0) != '0' && util.isValidNumber(number)) {
                    return example.getCountryCode() + other.toString();
                }
            }
        }

        private int kept() {
            return 1 + random.nextInt(4);
        }
    }
}
