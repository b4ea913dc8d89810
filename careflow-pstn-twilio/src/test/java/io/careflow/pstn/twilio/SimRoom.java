package io.careflow.pstn.twilio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A conference of the simulated Twilio: begins with the first who enters, ends with the last who leaves, or with a host. */
final class SimRoom {
    private final String sid;
    private final String name;
    private final Map<SimCall, Seat> seats = new LinkedHashMap<>();

    SimRoom(String sid, String name) {
        this.sid = sid;
        this.name = name;
    }

    String sid() {
        return sid;
    }

    String name() {
        return name;
    }

    synchronized List<SimCall> calls() {
        return List.copyOf(seats.keySet());
    }

    synchronized void enter(SimCall call, boolean host, Runnable closed) {
        seats.put(call, new Seat(host, closed));
    }

    synchronized boolean isMuted(SimCall call) {
        Seat seat = seats.get(call);
        return seat != null && seat.muted;
    }

    synchronized void mute(SimCall call, boolean muted) {
        Seat seat = seats.get(call);
        if (seat != null) {
            seat.muted = muted;
        }
    }

    /** Somebody leaves; of a host everybody else learns it. */
    void leave(SimCall call) {
        Seat seat;
        synchronized (this) {
            seat = seats.remove(call);
        }
        if (seat != null && seat.host) {
            close();
        }
    }

    void close() {
        List<Seat> left;
        synchronized (this) {
            left = List.copyOf(seats.values());
            seats.clear();
        }
        left.forEach(seat -> seat.closed.run());
    }

    private static final class Seat {
        private final boolean host;
        private final Runnable closed;
        private boolean muted;

        Seat(boolean host, Runnable closed) {
            this.host = host;
            this.closed = closed;
        }
    }
}
