package io.careflow.pstn.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The telephone network that calls: begins calls at an even rate, talks for a while, hangs up. Times are nanoseconds. */
final class Caller implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 32;

    private final Map<String, Leg> legs = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();
    private final ScheduledExecutorService timers;
    private final SipCounters counters;
    private final InetSocketAddress asterisk;
    private final RtpPeer media;
    private final SipSocket socket;

    Caller(
            String ip,
            InetSocketAddress asterisk,
            RtpPeer media,
            ScheduledExecutorService timers,
            SipCounters counters) {
        this.timers = timers;
        this.counters = counters;
        this.asterisk = asterisk;
        this.media = media;
        this.socket = new SipSocket("bench-caller", new InetSocketAddress(ip, 0), timers, counters, this::received);
    }

    /** Makes the calls and returns when all are over. */
    Traffic call(String number, double perSecond, int calls, Duration talk) {
        Traffic traffic = new Traffic(calls);
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            long due = start + (long) (i * 1e9 / perSecond);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            String id = "c" + counter.incrementAndGet() + "-" + socket.port() + "@bench";
            Leg leg = new Leg(id, number, i, talk, traffic);
            legs.put(id, leg);
            leg.invite();
        }
        traffic.awaitEnd(Duration.ofSeconds(DEADLINE_SECONDS + 2).plus(talk));
        return traffic;
    }

    private void received(SipText message, InetSocketAddress from, long nanos) {
        Leg leg = legs.get(message.callId());
        if (!message.isResponse()) {
            if (!message.method().equals("ACK")) {
                socket.send(message.reply("200 OK", "x", null, null), from);
            }
            if (leg != null && message.method().equals("BYE")) {
                leg.end("hung up by the other side");
            }
        } else if (leg != null) {
            leg.answered(message, nanos);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private final class Leg {
        private final String id;
        private final String number;
        private final int index;
        private final Duration talk;
        private final Traffic traffic;
        private final String from;
        private Runnable stop = () -> {};
        private ScheduledFuture<?> deadline;
        private String to = "";
        private String target = "";
        private String ack = "";
        private int audioPort;
        private long invited;
        private boolean leaving;

        @SuppressWarnings("NullAway.Init")
        Leg(String id, String number, int index, Duration talk, Traffic traffic) {
            this.id = id;
            this.number = number;
            this.index = index;
            this.talk = talk;
            this.traffic = traffic;
            this.from = "<sip:+1416" + (5_000_000 + index) + "@" + socket.ip() + ">;tag="
                    + id.substring(0, id.indexOf('@'));
        }

        synchronized void invite() {
            target = "sip:" + number + "@" + asterisk.getAddress().getHostAddress() + ":" + asterisk.getPort();
            to = "<" + target + ">";
            String contact = "Contact: <sip:bench@" + socket.ip() + ":" + socket.port() + ">\r\n";
            String text = request("INVITE", 1, "i") + contact + SipText.body(SipText.sdp(socket.ip(), media.port()));
            deadline = timers.schedule(
                    () -> end("no end within " + DEADLINE_SECONDS + " s"),
                    talk.toMillis() + 1000L * DEADLINE_SECONDS,
                    TimeUnit.MILLISECONDS);
            invited = System.nanoTime();
            stop = socket.sendUntilCancelled(text, asterisk);
        }

        synchronized void answered(SipText response, long nanos) {
            int status = response.status();
            if (response.method().equals("BYE")) {
                end(status == 200 ? "" : "BYE answered by " + status);
            } else if (status < 200) {
                stop.run();
                if (status > 100) {
                    traffic.rang(index, nanos - invited);
                }
            } else if (!ack.isEmpty()) {
                counters.repeated();
                socket.send(ack, asterisk);
            } else if (status < 300) {
                traffic.answered(index, nanos - invited);
                stop.run();
                talk(response);
            } else {
                stop.run();
                to = response.header("To");
                ack = request("ACK", 1, "i") + SipText.body(null);
                socket.send(ack, asterisk);
                end("refused with " + status);
            }
        }

        private void talk(SipText response) {
            to = response.header("To");
            target = response.contact();
            audioPort = response.audioPort();
            ack = request("ACK", 1, "a") + SipText.body(null);
            socket.send(ack, asterisk);
            media.talkTo(partner());
            ScheduledFuture<?> unused = timers.schedule(this::leave, talk.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void leave() {
            if (!leaving && legs.containsKey(id)) {
                leaving = true;
                media.stopTalkingTo(partner());
                stop = socket.sendUntilCancelled(request("BYE", 2, "b") + SipText.body(null), asterisk);
            }
        }

        synchronized void end(String failure) {
            if (legs.containsKey(id)) {
                stop.run();
                deadline.cancel(false);
                // Stays known for a while: a late repetition belongs to this call.
                ScheduledFuture<?> unused = timers.schedule(() -> legs.remove(id), 1, TimeUnit.SECONDS);
                traffic.ended(index, failure);
            }
        }

        private InetSocketAddress partner() {
            return new InetSocketAddress(asterisk.getAddress(), audioPort);
        }

        private String request(String method, int sequence, String branch) {
            return method + " " + target + " SIP/2.0\r\nVia: SIP/2.0/UDP " + socket.ip() + ":" + socket.port()
                    + ";branch=z9hG4bK" + branch + id.substring(0, id.indexOf('@')) + "\r\nMax-Forwards: 70\r\nFrom: "
                    + from + "\r\nTo: " + to + "\r\nCall-ID: " + id + "\r\nCSeq: " + sequence + " " + method + "\r\n";
        }
    }
}
