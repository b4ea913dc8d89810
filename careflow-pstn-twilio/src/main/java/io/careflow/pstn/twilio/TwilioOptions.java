package io.careflow.pstn.twilio;

import io.careflow.pstn.Option;
import io.careflow.pstn.Secret;

/** What only Twilio has: keys for {@code with(...)} of requests. */
public final class TwilioOptions {
    /** Calls: why we call, shown on the phone of a branded call; 1 to 50 characters. */
    public static final Option<String> CALL_REASON = new Option<>("twilio.call-reason", String.class);

    /** Calls to a SIP address: the user that answers its challenge; together with {@link #SIP_PASSWORD}. */
    public static final Option<String> SIP_USERNAME = new Option<>("twilio.sip-username", String.class);

    /** Calls to a SIP address: the password of {@link #SIP_USERNAME}. */
    public static final Option<Secret> SIP_PASSWORD = new Option<>("twilio.sip-password", Secret.class);

    /** Calls to a number: the SID, {@code BY...}, of a trunk of one's own carrier over which the call goes. */
    public static final Option<String> BYOC_TRUNK_SID = new Option<>("twilio.byoc-trunk-sid", String.class);

    /** Calls: the {@code CallToken} of an inbound call whose caller ID is to be shown again. */
    public static final Option<String> CALL_TOKEN = new Option<>("twilio.call-token", String.class);

    /** Calls: digits sent as soon as they answer, such as an extension; 1 to 32 of 0-9, A-D, *, #, w and W (pauses). */
    public static final Option<String> DIGITS_ON_ANSWER = new Option<>("twilio.digits-on-answer", String.class);

    /** Recorded calls: 2 to keep both sides apart, which is the default, or 1 for both in one channel. */
    public static final Option<Integer> RECORDING_CHANNELS = new Option<>("twilio.recording-channels", Integer.class);

    /** Calls that detect machines: whether to wait for the end of a machine's greeting before telling. */
    public static final Option<Boolean> AWAIT_GREETING_END = new Option<>("twilio.await-greeting-end", Boolean.class);

    /** Messages: the SID, {@code MG...}, of the messaging service that chooses the sender instead of the request. */
    public static final Option<String> MESSAGING_SERVICE_SID =
            new Option<>("twilio.messaging-service-sid", String.class);

    private TwilioOptions() {}
}
