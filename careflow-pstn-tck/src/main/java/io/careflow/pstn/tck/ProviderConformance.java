package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PstnProvider;
import java.util.Set;

/**
 * What every {@link PstnProvider} of a carrier keeps to, whatever goes wrong on the way. Extend it, hand over your provider on
 * a loopback fake of its carrier, and a {@link Wire} that puts the fake into situations.
 */
public abstract class ProviderConformance {

    /** For subclasses. */
    protected ProviderConformance() {}

    /** The fake carrier. Asked for first, once per test. */
    protected abstract Wire wire();

    /**
     * A new provider that reaches the fake carrier of {@link #wire}. May be called several times in one test. Give it a
     * deadline below a second, pauses between repeated reads of a few milliseconds, and no circuit breaker that a few failures
     * open; if it has webhooks, a flow handler or listener that takes them.
     */
    protected abstract PstnProvider provider();

    /** The capabilities that the provider has, no more and no less. */
    protected abstract Set<Class<? extends Capability>> capabilities();

    /** Takes the log of the provider from now on: {@link LogbackCapture}, or your own. */
    protected abstract LogCapture logs();
}
