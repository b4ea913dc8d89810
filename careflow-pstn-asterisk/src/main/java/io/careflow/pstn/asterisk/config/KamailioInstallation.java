package io.careflow.pstn.asterisk.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Kamailio with its modules. */
record KamailioInstallation(ServerProgram program) {

    /** @throws IllegalArgumentException if there is no Kamailio */
    static KamailioInstallation of(Path path) {
        return new KamailioInstallation(ServerProgram.of(path, "Kamailio"));
    }

    /** The command line. */
    List<String> command(String... arguments) {
        List<String> all = new ArrayList<>();
        if (program.isUnpacked()) {
            program.library("kamailio/modules").ifPresent(folder -> all.addAll(List.of("-L", folder + "/")));
        }
        all.addAll(List.of(arguments));
        return program.command(List.of("kamailio"), all);
    }
}
