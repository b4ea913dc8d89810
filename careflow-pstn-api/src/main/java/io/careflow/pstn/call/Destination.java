package io.careflow.pstn.call;

import io.careflow.pstn.PhoneNumber;

/**
 * Somewhere a call can be sent. Adapters refuse kinds they do not know. Not sealed: kinds will be added.
 *
 * <p>A SIP user is written {@code sip:1001}. Wherever text is read, {@code 1001} is the same user: both are equal, and {@link #address}
 * is {@code sip:1001} of either.
 */
public interface Destination {

    /** The destination as text, as it stands in CDRs: a number in E.164 or a SIP address. */
    String address();

    /**
     * Reads a destination: a text that begins with a plus sign and is no SIP address of a host is a number in E.164, everything
     * else a SIP user.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static Destination parse(String text) {
        return text.startsWith("+") && text.indexOf('@') < 0 ? number(new PhoneNumber(text)) : sip(text);
    }

    /** A number of the public network, reached over a trunk. */
    static Destination number(PhoneNumber number) {
        return new Phone(number);
    }

    /** A SIP user. */
    static Destination sip(SipAddress address) {
        return new Sip(address);
    }

    /**
     * A SIP user: {@code sip:1001} on the home PBX, {@code sip:alice@example.org} elsewhere. The same without {@code sip:} is read too, and
     * gives an equal destination.
     *
     * @throws IllegalArgumentException if the text is no SIP address; another scheme, such as {@code tel:} or {@code sips:}, is none
     */
    static Destination sip(String address) {
        return new Sip(SipAddress.parse(address));
    }

    /** A number of the public network. */
    record Phone(PhoneNumber number) implements Destination {
        @Override
        public String address() {
            return number.e164();
        }
    }

    /** A SIP user. */
    record Sip(SipAddress sip) implements Destination {
        @Override
        public String address() {
            return sip.toString();
        }
    }
}
