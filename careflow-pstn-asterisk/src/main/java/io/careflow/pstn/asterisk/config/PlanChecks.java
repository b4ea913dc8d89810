package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What must go together before anything is rendered. */
final class PlanChecks {
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{1,128}");
    private static final Set<String> KEPT_BY_CHAN_SIP = Set.of("general", "authentication");
    private static final int LAST_WITH_CHAN_SIP = 20;
    private static final int FIRST_WITH_PJSIP = 16;

    private final AsteriskPlan plan;
    private final List<String> problems = new ArrayList<>();

    PlanChecks(AsteriskPlan plan) {
        this.plan = plan;
    }

    /** In order of their names, which differ. */
    static <T> List<T> ordered(List<T> values, Function<T, String> name, String what) {
        TreeMap<String, T> byName = new TreeMap<>();
        for (T value : values) {
            if (byName.put(name.apply(value), value) != null) {
                throw new IllegalArgumentException(
                        what + " " + name.apply(value) + " is there twice; names must differ");
            }
        }
        return List.copyOf(byName.values());
    }

    /** The users of these names, in order. */
    static List<SipUser> named(List<String> names, List<SipUser> users) {
        List<SipUser> found = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            found.add(users.stream()
                    .filter(user -> user.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "fallback user is '" + SafeText.shown(name) + "'; expected the name of a user")));
        }
        return found;
    }

    static Map<String, Secret> passwords(
            List<SipTrunkProfile> trunks, Map<String, SecretSource> secretsOf, SecretSource secrets) {
        Map<String, Secret> found = new HashMap<>();
        for (SipTrunkProfile trunk : trunks) {
            SecretRef reference = trunk.auth().secret();
            if (reference != null) {
                Secret password = secretsOf.getOrDefault(trunk.id(), secrets).secret(reference);
                if (!PASSWORD.matcher(password.reveal()).matches()) {
                    throw new IllegalArgumentException("password of trunk " + trunk.id()
                            + " has a length or characters that are not allowed; allowed are 1 to 128 visible ASCII"
                            + " characters");
                }
                found.put(trunk.id(), password);
            }
        }
        return Map.copyOf(found);
    }

    /** @throws IllegalArgumentException listing all problems */
    void require() {
        servers();
        names();
        plan.trunks().forEach(this::trunk);
        if (plan.chanSip()) {
            chanSip();
        } else if (plan.version() < FIRST_WITH_PJSIP) {
            problems.add("version is " + plan.version() + "; PJSIP is rendered for " + FIRST_WITH_PJSIP
                    + " to 22, older ones need chan_sip");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Asterisk's configuration has " + problems.size()
                    + (problems.size() == 1 ? " problem: " : " problems: ") + String.join("; ", problems));
        }
    }

    private void servers() {
        if (plan.listeners().isEmpty()) {
            problems.add("listen addresses are missing; expected at least one");
        }
        if (plan.listeners().containsKey(SipTransport.TLS) && plan.tls() == null) {
            problems.add("certificate for SIP over TLS is missing; name it with tls(certificate, key, authorities)");
        }
        if (plan.https() != null && plan.tls() == null) {
            problems.add("certificate for HTTPS is missing; name it with tls(certificate, key, authorities)");
        }
        if (plan.kamailio() != null && !plan.listeners().containsKey(SipTransport.UDP)) {
            problems.add("listen address of UDP is missing; Kamailio is spoken to over UDP");
        }
        if (plan.kamailio() != null && plan.https() != null) {
            problems.add("HTTPS is not for use behind Kamailio, which browsers connect to; leave it out");
        }
    }

    private void names() {
        Set<String> taken = new TreeSet<>();
        if (plan.kamailio() != null) {
            taken.addAll(List.of(PjsipFile.PHONES, PjsipFile.BROWSERS));
        }
        for (SipTrunkProfile trunk : plan.trunks()) {
            List<String> sections = plan.chanSip() ? ChanSipTrunk.sections(trunk) : PjsipTrunk.records(trunk);
            sections.forEach(section -> take(taken, "trunk", section));
        }
        if (plan.kamailio() == null) {
            plan.users().forEach(user -> take(taken, "user", user.name()));
        }
    }

    private void take(Set<String> taken, String what, String name) {
        if (plan.chanSip() && KEPT_BY_CHAN_SIP.contains(name)) {
            problems.add(what + " " + name + " has a name that chan_sip keeps for itself; use another");
        }
        if (!taken.add(name)) {
            problems.add(what + " " + name + " has the name of another section; use another");
        }
    }

    private void trunk(SipTrunkProfile trunk) {
        TrunkMedia media = trunk.media();
        if (media.dtmf() == TrunkMedia.Dtmf.INBAND && !Codecs.carriesTones(media)) {
            problems.add("media.dtmf of trunk " + trunk.id()
                    + " is INBAND with a codec that changes tones; allowed are PCMU and PCMA, or keys another way");
        }
        if (plan.kamailio() != null) {
            return;
        }
        trunk.endpoints().stream()
                .map(SipEndpoint::transport)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .filter(transport -> !plan.listeners().containsKey(transport))
                .forEach(transport -> problems.add("endpoints of trunk " + trunk.id() + " need " + transport
                        + ", for which there is no listen address; add one"));
    }

    private void chanSip() {
        if (plan.version() > LAST_WITH_CHAN_SIP) {
            problems.add("version is " + plan.version() + ", which has no chan_sip; allowed are 13 to "
                    + LAST_WITH_CHAN_SIP + ", newer ones need PJSIP");
        }
        if (plan.kamailio() != null) {
            problems.add("chan_sip cannot tell trunks behind Kamailio apart; use PJSIP");
        }
        if (!plan.listeners().containsKey(SipTransport.UDP)) {
            problems.add("listen address of UDP is missing; chan_sip always has one");
        }
        plan.users().stream()
                .filter(SipUser::webRtc)
                .forEach(user -> problems.add("user " + user.name()
                        + " has a browser, which is rendered for PJSIP only; allowed are phones"));
        for (SipTrunkProfile trunk : plan.trunks()) {
            Secret password = plan.passwords().get(trunk.id());
            problems.addAll(password == null ? ChanSipTrunk.problems(trunk) : ChanSipTrunk.problems(trunk, password));
        }
    }
}
