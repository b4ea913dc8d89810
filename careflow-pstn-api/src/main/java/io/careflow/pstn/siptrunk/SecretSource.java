package io.careflow.pstn.siptrunk;

import io.careflow.pstn.Secret;

/** Fetches secrets, from wherever they are kept, when they are needed. Thread-safe. */
@FunctionalInterface
public interface SecretSource {

    /**
     * The secret.
     *
     * @throws IllegalArgumentException naming the reference, never the secret, if there is none
     */
    Secret secret(SecretRef reference);

    /** Reads variables of the environment and files, each time anew. */
    static SecretSource ofEnvironmentAndFiles() {
        return new EnvironmentAndFiles(System.getenv());
    }
}
