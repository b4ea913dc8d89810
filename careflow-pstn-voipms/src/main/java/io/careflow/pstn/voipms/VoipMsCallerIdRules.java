package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where calls go because of who calls, decided by VoIP.ms before they reach us: its caller-ID filters. Thread-safe. Every method
 * throws a {@link io.careflow.pstn.error.PstnException} whose effect says whether VoIP.ms may have acted.
 */
public interface VoipMsCallerIdRules extends Capability {

    /** All rules of the account. */
    List<Rule> list();

    /**
     * Makes a rule. Sent once; if its answer is lost, the rules are read, and one that is new is the one.
     *
     * @param command the caller's key of this one rule: the same key never makes two in one process
     * @return VoIP.ms's id of the rule
     */
    String create(CommandId command, NewRule rule);

    /** Takes a rule away. One that does not exist is no error. */
    void delete(String id);

    /**
     * A rule to be made.
     *
     * @param caller whose calls: a number as ten digits, {@code 0} for those who hide theirs, {@code i} for numbers outside of
     *     North America, {@code s}, {@code sb} or {@code sc} for levels of attestation, {@code p} for everybody in the phone
     *     book, {@code p:<id>} for one of its groups
     * @param number calls to which number of ours; null for all of them
     * @param routing where they go, in the words of {@link VoipMsOptions#ROUTING}, such as {@code sys:hangup}
     * @param note for people; may be empty
     */
    record NewRule(String caller, @Nullable PhoneNumber number, String routing, String note) {
        private static final Pattern CALLER = Pattern.compile("[2-9][0-9]{9}|0|i|s|sb|sc|p|p:[0-9]{1,12}");
        private static final Pattern ROUTING = Pattern.compile("[a-z]{2,12}:[A-Za-z0-9_.+-]{0,64}");

        public NewRule {
            if (!CALLER.matcher(caller).matches()) {
                throw new IllegalArgumentException(
                        "caller is '" + caller + "'; allowed are ten digits, 0, i, s, sb, sc, p and p:<group>");
            }
            if (!ROUTING.matcher(routing).matches()) {
                throw new IllegalArgumentException(
                        "routing is '" + routing + "'; expected one such as sys:hangup or account:100001_clinic");
            }
            Objects.requireNonNull(note, "note");
        }

        /** Calls that hide their number are hung up, to whichever number of ours. */
        public static NewRule rejectingHidden() {
            return new NewRule("0", null, "sys:hangup", "");
        }
    }

    /**
     * A rule of the account.
     *
     * @param id VoIP.ms's id of it
     * @param caller whose calls, in VoIP.ms's words
     * @param did calls to which number, in VoIP.ms's words; {@code all} for all
     * @param routing where they go
     * @param note for people; may be empty
     */
    record Rule(String id, String caller, String did, String routing, String note) {
        public Rule {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(did, "did");
            Objects.requireNonNull(routing, "routing");
            Objects.requireNonNull(note, "note");
        }
    }
}
