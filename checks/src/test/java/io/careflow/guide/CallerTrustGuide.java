package io.careflow.guide;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.desk.CallerTrustCheck;
import io.careflow.pstn.desk.CallerTrustPolicy;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.stir.HttpCertificateFetcher;
import io.careflow.pstn.stir.PassportSettings;
import io.careflow.pstn.stir.PassportVerifier;
import io.careflow.pstn.stir.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The snippets of {@code docs/caller-trust.md}. */
final class CallerTrustGuide {
    private CallerTrustGuide() {}

    static InboundDesk desk(InboundDesk desk, Path authorities, HttpCertificateFetcher fetcher) throws IOException {
        // snippet: caller-trust
        CallerTrustCheck signature = new PassportVerifier(
                TrustAnchors.ofPem(Files.readString(authorities)), // the authorities' certificates in PEM
                fetcher, // new HttpCertificateFetcher(), closed with the application
                PassportSettings.in("CA"),
                Clock.systemUTC());

        InboundDesk trusting = desk.trusting(signature.or(CallerTrustCheck.carrier()), CallerTrustPolicy.standard());
        // end
        return trusting;
    }

    static CallerTrustPolicy policy() {
        // snippet: caller-trust-policy
        CallerTrustPolicy strict = CallerTrustPolicy.standard()
                .rejecting(Level.FAILED, Reject.Reason.DECLINED)
                .labelling(Level.ABSENT, "[unknown] ");
        CallerTrustPolicy policy = CallerTrustPolicy.standard().forTenant(new TenantId("clinic"), strict);
        // end
        return policy;
    }
}
