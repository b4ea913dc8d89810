package io.careflow.pstn.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The phone that is called: rings at once, answers after a fixed delay, waits for the other side to hang up. */
final class Callee implements AutoCloseable {
    private static final int FORGET_SECONDS = 5;

    private final Map<String, Leg> legs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers;
    private final SipCounters counters;
    private final Duration delay;
    private final RtpPeer media;
    private final SipSocket socket;

    Callee(
            InetSocketAddress local,
            Duration delay,
            RtpPeer media,
            ScheduledExecutorService timers,
            SipCounters counters) {
        this.timers = timers;
        this.counters = counters;
        this.delay = delay;
        this.media = media;
        this.socket = new SipSocket("bench-callee", local, timers, counters, this::received);
    }

    private void received(SipText message, InetSocketAddress from, long nanos) {
        if (message.isResponse()) {
            return;
        }
        String id = message.callId();
        switch (message.method()) {
            case "INVITE" -> {
                Leg leg = new Leg(message, from, id);
                Leg known = legs.putIfAbsent(id, leg);
                if (known == null) {
                    leg.ring();
                } else {
                    counters.repeated();
                    known.again();
                }
            }
            case "ACK" -> {
                Leg leg = legs.get(id);
                if (leg != null) {
                    leg.acknowledged();
                }
            }
            case "BYE" -> {
                Leg leg = legs.get(id);
                if (leg != null) {
                    leg.left();
                }
                socket.send(message.reply("200 OK", "", null, null), from);
            }
            case "CANCEL" -> {
                socket.send(message.reply("200 OK", "", null, null), from);
                Leg leg = legs.get(id);
                if (leg != null) {
                    leg.cancelled();
                }
            }
            default -> socket.send(message.reply("200 OK", "x", null, null), from);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private final class Leg {
        private final SipText invite;
        private final InetSocketAddress from;
        private final String id;
        private final String contact = "sip:callee@" + socket.ip() + ":" + socket.port();
        private Runnable stop = () -> {};
        private String last = "";
        private boolean over;

        Leg(SipText invite, InetSocketAddress from, String id) {
            this.invite = invite;
            this.from = from;
            this.id = id;
        }

        synchronized void ring() {
            last = invite.reply("180 Ringing", tag(), contact, null);
            socket.send(last, from);
            ScheduledFuture<?> unused = timers.schedule(this::answer, delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        private synchronized void answer() {
            if (!over) {
                last = invite.reply("200 OK", tag(), contact, SipText.sdp(socket.ip(), media.port()));
                stop = socket.sendUntilCancelled(last, from);
                media.talkTo(new InetSocketAddress(from.getAddress(), invite.audioPort()));
            }
        }

        synchronized void again() {
            socket.send(last, from);
        }

        synchronized void acknowledged() {
            stop.run();
        }

        synchronized void left() {
            if (over) {
                counters.repeated();
                return;
            }
            end();
        }

        synchronized void cancelled() {
            if (!over) {
                socket.send(invite.reply("487 Request Terminated", tag(), null, null), from);
                end();
            }
        }

        private void end() {
            over = true;
            stop.run();
            media.stopTalkingTo(new InetSocketAddress(from.getAddress(), invite.audioPort()));
            ScheduledFuture<?> unused = timers.schedule(() -> legs.remove(id), FORGET_SECONDS, TimeUnit.SECONDS);
        }

        private String tag() {
            return "b" + Integer.toHexString(id.hashCode());
        }
    }
}
