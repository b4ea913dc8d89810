package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's phone: registers with digest, then does what its script says with each call, until closed. Several phones
 * may register the same user.
 *
 * <p>Safe for use by several threads.
 */
public final class SipPhone implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SipServer server;
    private final String user;
    private final String address;
    private final Callee callee;

    private SipPhone(SipServer server, String user, PhoneScript script, @Nullable RtpProbe probe) {
        this.server = server;
        this.user = user;
        this.address = server.newPhoneAddress();
        this.callee = new Callee(user, address, server.newPort(address), script, probe, true);
    }

    /** A phone of a user, of user 1001 to 1010 at an {@link AsteriskServer}, registered. */
    public static SipPhone register(SipServer server, String user, PhoneScript script) {
        return start(server, user, script, null);
    }

    /** A phone with an ear and a mouth, registered. */
    public static SipPhone register(SipServer server, String user, PhoneScript script, RtpProbe media) {
        return start(server, user, script, media);
    }

    private static SipPhone start(SipServer server, String user, PhoneScript script, @Nullable RtpProbe media) {
        SipPhone phone = new SipPhone(server, user, script, media);
        try {
            phone.register(Duration.ofMinutes(10));
            return phone;
        } catch (RuntimeException e) {
            phone.callee.close();
            throw e;
        }
    }

    /** Registers again, for so long; zero takes the registration away. */
    public void register(Duration expires) {
        String scenario = Templates.fill(
                Templates.read("sip/register.xml"),
                Map.of(
                        "TARGET",
                        server.target(),
                        "HOST",
                        server.userHost(),
                        "USER",
                        user,
                        "PASSWORD",
                        server.passwordOf(user),
                        "CONTACT_PORT",
                        Integer.toString(callee.port()),
                        "EXPIRES",
                        Long.toString(expires.toSeconds())));
        List<String> arguments =
                List.of(server.address() + ":" + server.sipPort(), "-m", "1", "-timeout", "10s", "-timeout_error");
        try (Sipp sipp = Sipp.start(address, server.newPort(address), scenario, arguments, message -> {})) {
            if (!sipp.waitFor(LIMIT) || !sipp.failure().isEmpty()) {
                throw new LabException(user + " could not register: " + sipp.failure());
            }
        }
    }

    /** Changes what the phone does from now on. Calls that are up are lost, as when a phone reboots. */
    public void behave(PhoneScript script) {
        callee.behave(script);
    }

    /** Every call so far, in order of arrival. */
    public List<ReceivedCall> calls() {
        return callee.calls();
    }

    /** Waits for the call of that number, counted from 1. */
    public ReceivedCall awaitCall(int number, Duration limit) {
        return callee.awaitCall(number, limit);
    }

    /** Waits for the end of the call of that number, counted from 1. */
    public ReceivedCall awaitEnd(int number, Duration limit) {
        return callee.awaitEnd(number, limit);
    }

    /** Answers the newest call, which rings. */
    public void answer() {
        callee.tell("X-ANSWER");
    }

    /** Refuses the newest call, which rings; 486 unless the script refuses otherwise. */
    public void refuse() {
        callee.tell("X-REFUSE");
    }

    /** Hangs up the newest call, which was answered. */
    public void hangUp() {
        callee.tell("X-BYE");
    }

    /** The plug is pulled: no more answers, and the registration stays behind. */
    public void kill() {
        callee.close();
    }

    @Override
    public void close() {
        try {
            if (server.running()) {
                register(Duration.ZERO);
            }
        } finally {
            callee.close();
        }
    }
}
