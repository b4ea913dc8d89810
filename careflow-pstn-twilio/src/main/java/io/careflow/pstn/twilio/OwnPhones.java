package io.careflow.pstn.twilio;

import io.careflow.pstn.call.SipAddress;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose phone it is that dials, by what Twilio itself proves. Everything in doubt is a call of a stranger. Thread-safe if its functions
 * are.
 *
 * <p>Clients of the Voice SDK: {@code From} is {@code client:} and the identity, which Twilio takes from the access token that the
 * application signed (<a href="https://www.twilio.com/docs/iam/access-tokens">access tokens</a>; that no parameter of the client
 * sets it, <a href="https://github.com/twilio/voice-quickstart-ios/issues/145">Twilio's maintainers</a>).
 *
 * <p>SIP domains: Twilio challenges a call for a user name and password of the domain's credential lists (<a
 * href="https://www.twilio.com/docs/voice/api/sending-sip">sending SIP</a>) and tells the domain as {@code SipDomainSid}. Nothing is
 * documented that ties {@code From} to the user name, so that only a domain whose lists have a single user proves who it is.
 */
final class OwnPhones {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPhones.class);
    private static final String CLIENT = "client:";

    private final String account;
    private final String parameter;
    private final Function<String, Optional<SipAddress>> clients;
    private final Function<String, Optional<SipAddress>> domains;

    /**
     * What the application says.
     *
     * @param account the account whose clients and domains these are: other accounts may sign with a token that we know, but give
     *     identities of their own
     * @param parameter the field in which clients tell what was dialled
     * @param clients by identity
     * @param domains by the sid of a SIP domain
     */
    OwnPhones(
            String account,
            String parameter,
            Function<String, Optional<SipAddress>> clients,
            Function<String, Optional<SipAddress>> domains) {
        this.account = account;
        this.parameter = parameter;
        this.clients = clients;
        this.domains = domains;
    }

    /** Nobody's phone is known. */
    static OwnPhones none() {
        return new OwnPhones("", "To", identity -> Optional.empty(), domain -> Optional.empty());
    }

    /** The user whose phone dials with this webhook, whose signature was checked; empty if a stranger calls. */
    Optional<Dialling> dialling(Form form) {
        if (!form.text("AccountSid").equals(account) || !isSaidOnce(form) || isHandedOn(form)) {
            return Optional.empty();
        }
        String from = form.text("From");
        if (from.startsWith(CLIENT)) {
            String identity = from.substring(CLIENT.length());
            return WebClient.isIdentity(identity)
                    ? known(clients, identity).map(user -> new Dialling(user, form.text(parameter)))
                    : Optional.empty();
        }
        String domain = form.text("SipDomainSid");
        return from.startsWith("sip") && !domain.isEmpty()
                ? known(domains, domain).map(user -> new Dialling(user, Callers.user(form.text("To"))))
                : Optional.empty();
    }

    /** A client may send fields of its own: one that is there twice is not believed, nor one that its older twin contradicts. */
    private static boolean isSaidOnce(Form form) {
        return form.count("AccountSid") == 1
                && form.count("From") == 1
                && form.count("SipDomainSid") <= 1
                && form.find("Caller").orElse(form.text("From")).equals(form.text("From"));
    }

    /** Whether a Dial of somebody brought the call, perhaps of another account, which keeps the {@code From} of its own client. */
    private static boolean isHandedOn(Form form) {
        return form.has("ParentCallSid") || form.has("CustomerId") || form.has("customerId");
    }

    private static Optional<SipAddress> known(Function<String, Optional<SipAddress>> whose, String key) {
        try {
            return whose.apply(key);
        } catch (RuntimeException e) {
            LOG.warn("nobody can tell whose phone dials, so that it is a stranger's", e);
            return Optional.empty();
        }
    }

    /**
     * A user of ours dials.
     *
     * @param dialled what was dialled, as it came; empty if nothing was
     */
    record Dialling(SipAddress user, String dialled) {}
}
