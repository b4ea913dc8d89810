package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.LedgerAmounts;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.jdbc.AdmissionTask.Begin;
import io.careflow.pstn.jdbc.AdmissionTask.End;
import io.careflow.pstn.jdbc.AdmissionTask.Ended;
import java.util.List;

/**
 * Counters and money in one transaction, of all callers of this node that come at the same time together: who is alone waits for nobody.
 * If a group fails because the database cannot be asked, each of its callers is told so. Works on what {@link JdbiGuardStore} and {@link
 * JdbiCredit} keep; their methods and these may be mixed. Thread-safe.
 */
public final class JdbiAdmission implements Admission {
    private final AdmissionDesk desk;

    JdbiAdmission(AdmissionDesk desk) {
        this.desk = desk;
    }

    @Override
    public Admitted admit(AdmissionRequest request) {
        LedgerAmounts.require(request.hold().amount());
        return desk.begin(new Begin(GuardAsk.of(request.claim()), request.hold()));
    }

    @Override
    public Settlement complete(AdmissionResult result) {
        LedgerAmounts.requireCost(result.cost());
        Ended ended = desk.end(new End(
                StoredForm.clean(result.holder()),
                result.hold(),
                result.cost(),
                result.explanation(),
                keys(result.spendKeys())));
        return CreditRows.settlement(ended.outcome(), ended.taken(), result.hold(), result.cost());
    }

    @Override
    public void cancel(String holder, CommandId hold, List<String> spendKeys, String because) {
        Ended unused = desk.end(new End(StoredForm.clean(holder), hold, null, because, keys(spendKeys)));
    }

    private static List<String> keys(List<String> told) {
        return told.stream().map(StoredForm::clean).toList();
    }
}
