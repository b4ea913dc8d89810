package io.careflow.pstn.examples.inbound;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.CdrRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where records are announced; the place to send them on to billing or a message queue. */
final class CdrLog implements CdrRecorder.Listener {
    private static final Logger log = LoggerFactory.getLogger(CdrLog.class);

    @Override
    public void recorded(Cdr cdr, Appended result) {
        log.info(
                "CDR of {} {}: {}, {}",
                cdr.call(),
                result,
                cdr.disposition(),
                cdr.cost().explanation());
    }

    @Override
    public void failed(Cdr cdr, RuntimeException failure) {
        log.error("CDR could not be stored, so here it is: {}", cdr, failure);
    }

    @Override
    public void unpriced(Cdr cdr, RuntimeException failure) {
        log.warn("CDR of {} could not be priced", cdr.call(), failure);
    }

    @Override
    public void gaveUp(CallRef call) {
        log.warn("No CDR of {}: its beginning was not seen", call);
    }

    @Override
    public void unsettled(Cdr cdr, RuntimeException failure) {
        log.warn("The charge of {} could not be booked; the next sweep does it", cdr.call(), failure);
    }
}
