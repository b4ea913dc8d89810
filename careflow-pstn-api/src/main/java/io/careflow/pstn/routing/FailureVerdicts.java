package io.careflow.pstn.routing;

import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.error.UnsupportedFeature;

/** What kinds of failures mean for the next candidate, provided that nothing was done. */
final class FailureVerdicts {
    private FailureVerdicts() {}

    static CauseVerdict of(PstnException exception) {
        if (exception instanceof NotPermitted refused) {
            return of(refused.why());
        } else if (exception instanceof ProviderUnavailable) {
            return verdict(NeutralCause.TEMPORARY_FAILURE, FailoverClass.NEXT);
        } else if (exception instanceof Throttled) {
            return verdict(NeutralCause.LIMIT, FailoverClass.LATER);
        } else if (exception instanceof AuthenticationFailed) {
            return verdict(NeutralCause.AUTH_FAILED, FailoverClass.CONFIG);
        } else if (exception instanceof InsufficientFunds) {
            return verdict(NeutralCause.PAYMENT, FailoverClass.CONFIG);
        } else if (exception instanceof NotFound) {
            return verdict(NeutralCause.CONFIG, FailoverClass.CONFIG);
        } else if (exception instanceof UnsupportedCapability || exception instanceof UnsupportedFeature) {
            return verdict(NeutralCause.UNSUPPORTED, FailoverClass.NEXT);
        } else if (exception instanceof ProtocolError) {
            return verdict(NeutralCause.PROTOCOL_ERROR, FailoverClass.NEXT);
        } else if (exception instanceof InvalidRequest) {
            return verdict(NeutralCause.INVALID_REQUEST, FailoverClass.FINAL);
        }
        return verdict(NeutralCause.FAILED, FailoverClass.FINAL);
    }

    private static CauseVerdict of(NotPermitted.Why why) {
        return switch (why) {
            case DESTINATION_BLOCKED, OPTED_OUT -> verdict(NeutralCause.BLOCKED, FailoverClass.FINAL);
            case GEO_PERMISSION, TRIAL, REGULATORY -> verdict(NeutralCause.BARRED, FailoverClass.CONFIG);
            case CALLER_ID -> verdict(NeutralCause.CALLER_ID, FailoverClass.CONFIG);
            case ACCOUNT -> verdict(NeutralCause.ACCOUNT, FailoverClass.CONFIG);
            case LIMIT -> verdict(NeutralCause.LIMIT, FailoverClass.LATER);
            case UNREACHABLE -> verdict(NeutralCause.UNREACHABLE, FailoverClass.NEXT);
            case NOT_CAPABLE -> verdict(NeutralCause.UNSUPPORTED, FailoverClass.NEXT);
        };
    }

    private static CauseVerdict verdict(NeutralCause cause, FailoverClass failover) {
        return new CauseVerdict(cause, failover);
    }
}
