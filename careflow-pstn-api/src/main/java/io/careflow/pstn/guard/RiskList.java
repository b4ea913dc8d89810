package io.careflow.pstn.guard;

import io.careflow.pstn.PhoneNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Prefixes that are refused whatever else is allowed. A list is never complete: revenue-share numbers change country within months, so
 * allowed countries and a dearest minute protect better. Immutable.
 *
 * @param prefixes the prefixes, in any order
 */
public record RiskList(List<RiskPrefix> prefixes) {
    /** Refuses nothing. */
    public static final RiskList NONE = new RiskList(List.of());

    public RiskList {
        prefixes = List.copyOf(prefixes);
    }

    /** The list that comes with the library: a few hot spots, each with its source and date. */
    public static RiskList standard() {
        try (InputStream in = RiskList.class.getResourceAsStream("risk-prefixes.csv")) {
            if (in == null) {
                throw new IllegalStateException("risk-prefixes.csv is missing beside " + RiskList.class.getName());
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("risk-prefixes.csv cannot be read", e);
        }
    }

    /**
     * Reads lines of {@code prefix;because;source;date}. Empty lines and those that begin with # are left out.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static RiskList parse(String text) {
        List<RiskPrefix> found = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                found.add(prefix(line, number));
            }
        }
        return new RiskList(found);
    }

    /** This list without what is at or below this prefix: digits with the country code, without plus. */
    public RiskList without(String digits) {
        return new RiskList(prefixes.stream()
                .filter(prefix -> !prefix.digits().startsWith(digits))
                .toList());
    }

    /** The longest prefix that this number begins with. */
    public Optional<RiskPrefix> find(PhoneNumber number) {
        return prefixes.stream()
                .filter(prefix -> number.digits().startsWith(prefix.digits()))
                .max(Comparator.comparingInt(prefix -> prefix.digits().length()));
    }

    private static RiskPrefix prefix(String line, int number) {
        String[] parts = line.split(";", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("line " + number + " of the risk list has " + parts.length
                    + " fields; expected prefix;because;source;date");
        }
        try {
            return new RiskPrefix(
                    parts[0].strip(), parts[1].strip(), parts[2].strip(), LocalDate.parse(parts[3].strip()));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + " of the risk list is wrong: " + e.getMessage(), e);
        }
    }
}
