package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record as it comes back from the database: instants cut to milliseconds, the exact amount at scale 10, and characters that
 * PostgreSQL cannot hold (NUL, halves of surrogate pairs; carriers do send such names) replaced by U+FFFD.
 */
final class StoredForm {
    private static final int DECIMALS = 10;

    private StoredForm() {}

    static Cdr of(Cdr cdr) {
        return new Cdr(
                of(cdr.call()),
                cdr.tenant(),
                cdr.direction(),
                text(cdr.carrier()),
                of(cdr.from()),
                of(cdr.to()),
                text(cdr.typed()),
                text(cdr.userId()),
                of(cdr.times()),
                cdr.disposition(),
                of(cdr.cause()),
                cdr.releasedBy(),
                cdr.legs().stream().map(StoredForm::of).toList(),
                cdr.recording(),
                of(cdr.cost()),
                cdr.attempts().stream().map(AttemptsJson::stored).toList(),
                TrustJson.stored(cdr.trust()));
    }

    static CallRef of(CallRef call) {
        return new CallRef(call.provider(), clean(call.id()));
    }

    private static Party of(Party party) {
        return new Party(clean(party.address()), text(party.displayName()));
    }

    static HangupCause of(HangupCause cause) {
        return new HangupCause(cause.q850(), cause.sipStatus(), clean(cause.text()));
    }

    private static CdrTimes of(CdrTimes times) {
        return new CdrTimes(
                Objects.requireNonNull(Sql.millis(times.started())),
                Sql.millis(times.pickedUp()),
                Sql.millis(times.ringing()),
                Sql.millis(times.ringEnded()),
                Sql.millis(times.answered()),
                Sql.millis(times.talkEnded()),
                Objects.requireNonNull(Sql.millis(times.ended())),
                times.endExact());
    }

    private static CdrLeg of(CdrLeg leg) {
        return new CdrLeg(
                clean(leg.leg()),
                clean(leg.destination()),
                Sql.millis(leg.dialled()),
                Sql.millis(leg.ringing()),
                Sql.millis(leg.answered()),
                Sql.millis(leg.ended()),
                of(leg.cause()));
    }

    private static CdrCost of(CdrCost cost) {
        Money amount = cost.amount();
        BigDecimal exact = cost.exact();
        if (amount == null || exact == null) {
            return new CdrCost(null, null, clean(cost.explanation()));
        }
        if (amount.amount().scale() > DECIMALS) {
            throw new StoreRefused(
                    "cdr.append",
                    "the amount has more than " + DECIMALS + " decimals; pstn_cdr.cost holds " + DECIMALS
                            + " and nothing is rounded twice");
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        if (stripped.scale() > DECIMALS) {
            throw new StoreRefused("cdr.append", "the exact amount has more than " + DECIMALS + " decimals");
        }
        return new CdrCost(amount, stripped.setScale(DECIMALS), clean(cost.explanation()));
    }

    static @Nullable String text(@Nullable String value) {
        return value == null ? null : clean(value);
    }

    static String clean(String value) {
        if (isPlain(value)) {
            return value;
        }
        return value.codePoints()
                .map(point -> unstorable(point) ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether it has neither a NUL nor anything that could be half of a pair. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean unstorable(int point) {
        return point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
