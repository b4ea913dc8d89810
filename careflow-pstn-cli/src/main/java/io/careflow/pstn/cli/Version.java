package io.careflow.pstn.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar says of itself. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"pstn " + (version == null ? "(not from a jar)" : version)};
    }
}
