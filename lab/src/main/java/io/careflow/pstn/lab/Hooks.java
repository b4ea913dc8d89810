package io.careflow.pstn.lab;

/** Shutdown hooks that are taken away again when they are no longer needed. */
final class Hooks {

    private Hooks() {}

    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is about to run, and does no harm then.
            return;
        }
    }
}
