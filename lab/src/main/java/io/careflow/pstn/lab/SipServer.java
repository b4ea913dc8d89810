package io.careflow.pstn.lab;

/** A SIP server of the laboratory: what a carrier, a caller or a phone must know to use it. */
public interface SipServer {

    /** The address of SIP. */
    String address();

    /** The port of SIP over UDP. */
    int sipPort();

    /** The address the trunk belongs to: what comes from here is a call from the telephone network. */
    String carrierAddress();

    /** Where calls to the telephone network are sent; a {@link Carrier} listens there. */
    int carrierPort();

    /** Whether the process is alive. */
    boolean running();

    /** What SIPp writes as host of the users, without port. */
    String userHost();

    /** What SIPp writes as host and port of request lines. */
    String target();

    /** The password of a user. */
    String passwordOf(String user);

    /** The status with which a call of a user without credentials is challenged: 401 or 407. */
    int challenge();

    /** A port that nobody else of this laboratory gets. */
    int newPort(String onAddress);

    /** An address no other phone of this laboratory has. */
    String newPhoneAddress();
}
