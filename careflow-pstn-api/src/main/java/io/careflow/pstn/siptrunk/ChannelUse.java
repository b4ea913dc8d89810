package io.careflow.pstn.siptrunk;

/**
 * Channels in use.
 *
 * @param inbound by incoming calls
 * @param outbound by outgoing calls
 */
public record ChannelUse(int inbound, int outbound) {

    /** By all calls. */
    public int total() {
        return inbound + outbound;
    }
}
