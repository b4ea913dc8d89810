package io.careflow.pstn.asterisk.config;

/**
 * Headers by which Kamailio tells Asterisk whose call it is. Kamailio removes all headers of this kind that come from outside,
 * and Asterisk listens to nobody but Kamailio.
 */
final class KamailioHeaders {
    /** The id of the trunk a call comes from; on calls of trunks only. */
    static final String TRUNK = "X-CF-Trunk";
    /** The name of the user who calls, as authenticated; on calls of users only. */
    static final String USER = "X-CF-User";
    /** {@code yes} where the user's end is a browser (WebSocket, DTLS-SRTP); absent otherwise. */
    static final String WEB = "X-CF-Web";

    private KamailioHeaders() {}
}
