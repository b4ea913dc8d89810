package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How what is typed becomes a value; whatever is wrong is told with the option's name. */
final class Converters {
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern MONEY = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?([A-Z]{3})");
    private static final Pattern SERVER = Pattern.compile("(?:(udp|tcp|tls):)?([^:]+)(?::([0-9]{1,5}))?");

    private Converters() {}

    /** Registers them for a command and all below it. */
    static void register(CommandLine line) {
        line.registerConverter(PhoneNumber.class, telling(PhoneNumber::parse));
        line.registerConverter(Destination.class, telling(Converters::destination));
        line.registerConverter(Duration.class, telling(Converters::duration));
        line.registerConverter(Instant.class, telling(Converters::instant));
        line.registerConverter(IpRange.class, telling(IpRange::parse));
        line.registerConverter(SipEndpoint.class, telling(Converters::server));
        line.registerConverter(Money.class, telling(Converters::money));
        line.registerConverter(Locale.class, telling(Converters::language));
    }

    /** Bare digits are neither: they are half a number or an extension, and who means one of them says so. */
    static Destination destination(String text) {
        if (text.startsWith("+") && text.indexOf('@') < 0) {
            return Destination.number(PhoneNumber.parse(text));
        } else if (text.startsWith("sip:") || text.indexOf('@') > 0) {
            return Destination.sip(text);
        }
        throw new IllegalArgumentException(
                "'" + text + "' is nobody to call; expected a number like +14165550100, or sip:user@host");
    }

    static Duration duration(String text) {
        Matcher length = LENGTH.matcher(text);
        if (length.matches()) {
            long count = Long.parseLong(length.group(1));
            return switch (length.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no length of time; expected one like 30s, 5m, 2h or 7d", e);
        }
    }

    static Instant instant(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no time; expected a day in UTC like 2026-01-31, or one like 2026-01-31T12:00:00Z",
                    e);
        }
    }

    static SipEndpoint server(String text) {
        Matcher server = SERVER.matcher(text);
        if (!server.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no SIP server; expected one like pbx.example.org or tls:pbx.example.org:5061");
        }
        SipEndpoint endpoint = SipEndpoint.of(server.group(2));
        if (server.group(1) != null) {
            endpoint = endpoint.over(SipTransport.valueOf(server.group(1).toUpperCase(Locale.ROOT)));
        }
        return server.group(3) == null ? endpoint : endpoint.port(Integer.parseInt(server.group(3)));
    }

    static Money money(String text) {
        Matcher money = MONEY.matcher(text);
        if (!money.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no amount of money; expected one with its currency, like 50USD or 0.05EUR");
        }
        return Money.of(money.group(1), money.group(2));
    }

    static Locale language(String text) {
        try {
            return new Locale.Builder().setLanguageTag(text).build();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("'" + text + "' is no language; expected a tag like en or fr-CA", e);
        }
    }

    private static <T> ITypeConverter<T> telling(ITypeConverter<T> converter) {
        return text -> {
            try {
                return converter.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
