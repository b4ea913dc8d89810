package io.careflow.pstn.routing;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What causes mean for one trunk. {@link #standard} is right for most; a carrier that means something else by a code, for
 * example "no route here" by 404, gets a table of its own by {@link #with}. Immutable and thread-safe.
 */
public final class CauseTable {
    private static final Pattern D_CODE = Pattern.compile("\\bD[0-9]{1,3}\\b");
    private static final int FORBIDDEN = 403;

    private final Map<CauseKey, CauseVerdict> verdicts;

    private CauseTable(Map<CauseKey, CauseVerdict> verdicts) {
        this.verdicts = Map.copyOf(verdicts);
    }

    /** The table of what is known. */
    public static CauseTable standard() {
        return new CauseTable(StandardCauses.all());
    }

    /**
     * The same with another meaning of one code, or with a code more.
     *
     * @throws IllegalArgumentException if the code blocks calls as fraud: that stays so
     */
    public CauseTable with(CauseKey key, CauseVerdict verdict) {
        Objects.requireNonNull(verdict, "verdict");
        CauseVerdict known = verdicts.get(Objects.requireNonNull(key, "key"));
        if (known != null && known.cause() == NeutralCause.BLOCKED && verdict.cause() != NeutralCause.BLOCKED) {
            throw new IllegalArgumentException(
                    key + " blocks calls and cannot be made " + verdict + "; what is blocked is never tried elsewhere");
        }
        Map<CauseKey, CauseVerdict> more = new LinkedHashMap<>(verdicts);
        more.put(key, verdict);
        return new CauseTable(more);
    }

    /** What one code means; empty if the table does not know it. */
    public Optional<CauseVerdict> find(CauseKey key) {
        return Optional.ofNullable(verdicts.get(key));
    }

    /** The codes that the table knows. */
    public Set<CauseKey> keys() {
        return verdicts.keySet();
    }

    /**
     * What all that was said of an end means together. A block wins over everything. Otherwise codes of the carrier count first
     * (a D-code of Telnyx in the text of a 403, then those given, in their order), then the SIP status, then the Q.850 cause,
     * which is often only a translation of the status. Words that are too coarse stand back. A code that is not known is
     * {@link NeutralCause#UNSPECIFIED}.
     *
     * @param cause what the network said
     * @param words what the carrier said in its own language; may be empty
     */
    public Judgement judge(HangupCause cause, List<CauseKey> words) {
        boolean sipDecides = words.stream().anyMatch(this::leavesItToSip);
        HangupCause network = sipDecides ? new HangupCause(0, cause.sipStatus(), cause.text()) : cause;
        List<CauseKey> said = said(network, words);
        return blocking(said)
                .or(() -> first(said, false))
                .or(() -> unknown(network))
                .or(() -> first(said, true))
                .orElseGet(() -> new Judgement(
                        new CauseVerdict(NeutralCause.UNSPECIFIED, FailoverClass.BY_SIP_CODE), "no reason was given"));
    }

    /** Where the carrier only says that it failed, a Q.850 cause beside it can be no more than a guess. */
    private boolean leavesItToSip(CauseKey word) {
        return find(word)
                .filter(known -> known.failover() == FailoverClass.BY_SIP_CODE)
                .isPresent();
    }

    private static List<CauseKey> said(HangupCause cause, List<CauseKey> words) {
        List<CauseKey> said = new ArrayList<>();
        Integer sip = cause.sipStatus();
        if (sip != null && sip == FORBIDDEN) {
            Matcher codes = D_CODE.matcher(cause.text());
            while (codes.find()) {
                said.add(new CauseKey(CauseKey.TELNYX_D_CODE, codes.group()));
            }
        }
        said.addAll(words);
        if (sip != null) {
            said.add(CauseKey.sip(sip));
        }
        if (cause.q850() != 0) {
            said.add(CauseKey.q850(cause.q850()));
        }
        return said;
    }

    private Optional<Judgement> blocking(List<CauseKey> said) {
        return said.stream()
                .filter(key -> find(key)
                        .filter(known -> known.cause() == NeutralCause.BLOCKED)
                        .isPresent())
                .findFirst()
                .map(this::judged);
    }

    private Optional<Judgement> first(List<CauseKey> said, boolean coarse) {
        return said.stream()
                .filter(key -> find(key)
                        .filter(known -> known.failover().isCoarse() == coarse)
                        .isPresent())
                .findFirst()
                .map(this::judged);
    }

    private Judgement judged(CauseKey key) {
        return new Judgement(Objects.requireNonNull(verdicts.get(key)), key.toString());
    }

    /** By its hundred, as RFC 3261 section 8.1.3.2 has it: 4xx and 5xx are about the server asked, 3xx and 6xx are not. */
    private static Optional<Judgement> unknown(HangupCause cause) {
        Integer sip = cause.sipStatus();
        FailoverClass failover = switch (sip == null ? 0 : sip / 100) {
            case 3, 6 -> FailoverClass.FINAL;
            case 5 -> FailoverClass.NEXT;
            case 4 -> FailoverClass.NEXT_BEFORE_18X;
            default -> cause.q850() == 0 ? FailoverClass.BY_SIP_CODE : FailoverClass.NEXT_BEFORE_18X;
        };
        if (failover.isCoarse()) {
            return Optional.empty();
        }
        boolean bySip = sip != null && sip / 100 >= 3 && sip / 100 <= 6;
        String basis = bySip ? "sip " + sip : CauseKey.q850(cause.q850()).toString();
        return Optional.of(new Judgement(new CauseVerdict(NeutralCause.UNSPECIFIED, failover), basis + ", not known"));
    }

    /**
     * A verdict and what it rests on.
     *
     * @param verdict what the end means
     * @param basis the code that decided, for people
     */
    public record Judgement(CauseVerdict verdict, String basis) {
        public Judgement {
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(basis, "basis");
        }
    }
}
