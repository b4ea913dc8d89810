package io.careflow.pstn.asterisk.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Proves a rendered configuration by letting the real daemon read it. Thread-safe. */
@FunctionalInterface
public interface ConfigCheck {

    /**
     * Writes the configuration into a scratch folder, lets the daemon read it, on loopback addresses only, and ends the daemon.
     * Nothing of a running service is touched, and nothing is sent to carriers.
     *
     * @param program the daemon's executable, such as {@code /usr/sbin/asterisk}
     * @return everything that it complains about; empty if it is content
     * @throws IllegalArgumentException if there is no such program, or it cannot check this kind of configuration
     * @throws IOException if the scratch folder cannot be written or the program not be run
     * @throws InterruptedException if the thread is interrupted; the daemon is ended before
     */
    List<ConfigFinding> check(RenderedConfig config, Path program) throws IOException, InterruptedException;
}
