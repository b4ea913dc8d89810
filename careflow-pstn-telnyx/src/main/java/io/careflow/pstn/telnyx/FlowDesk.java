package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.machine.FlowCommand;
import io.careflow.pstn.flow.machine.FlowRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all calls share. Thread-safe.
 *
 * @param node this process, as nobody else is called
 * @param application asked for flows; it hears of no events itself
 * @param connection id of the call-control application that dials; null if there is none
 * @param sipDomain host of SIP users whose address names none
 * @param webhooks our place for webhooks, named where calls are placed; null for the application's own
 */
record FlowDesk(
        ProviderId id,
        String node,
        FlowRunner.Application application,
        FlowChecks checks,
        StateJson json,
        Voices voices,
        TelnyxEvents events,
        @Nullable String connection,
        String sipDomain,
        @Nullable String webhooks) {

    /**
     * By the settings of an account.
     *
     * @throws io.careflow.pstn.error.UnsupportedFeature if the apology is none that Telnyx can give
     */
    static FlowDesk of(TelnyxSettings settings) {
        Voices voices = new Voices(settings.voices());
        FlowChecks checks = new FlowChecks(settings.id(), voices, settings.connection() != null);
        FlowHandler answering = settings.answering();
        FlowHandler handler = event -> {
            if (answering == null) {
                throw new IllegalStateException("nobody answers calls: answeredBy(...) was not called");
            }
            return checks.require(answering.next(event));
        };
        FlowRunner.Application application = new FlowRunner.Application(
                handler, checks.support(), checks.require(settings.apology()), event -> {}, new Failures());
        return new FlowDesk(
                settings.id(),
                Long.toHexString(settings.random().nextLong()),
                application,
                checks,
                new StateJson(),
                voices,
                new TelnyxEvents(settings.id(), settings.phones()),
                settings.connection(),
                settings.sipDomain(),
                settings.publicUrl() == null ? null : settings.publicUrl().toString());
    }

    private static final class Failures implements FlowRunner.Failures {
        private static final Logger log = LoggerFactory.getLogger(FlowDesk.class);

        @Override
        public void failed(FlowEvent event, RuntimeException failure) {
            log.error(
                    "{}: the application failed on {}",
                    event.call(),
                    event.getClass().getSimpleName(),
                    failure);
        }

        @Override
        public void failed(CallRef call, FlowCommand command, RuntimeException failure) {
            log.error("{}: command {} failed", call, command.number(), failure);
        }
    }
}
