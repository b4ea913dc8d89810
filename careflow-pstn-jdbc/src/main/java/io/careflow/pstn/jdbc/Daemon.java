package io.careflow.pstn.jdbc;

import java.util.concurrent.ThreadFactory;

final class Daemon {
    private Daemon() {}

    /** Threads that do not keep the application from ending. */
    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
