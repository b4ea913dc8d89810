package io.careflow.pstn.account;

import io.careflow.pstn.Capability;
import java.util.List;

/** Which countries the carrier lets the account call: the last fence against toll fraud. Thread-safe. */
public interface DialingPermissions extends Capability {

    /** Every country that the carrier knows. */
    List<CountryPermission> list();

    /** The countries with open high-risk numbers. Each of them is a warning to whoever runs the account. */
    default List<CountryPermission> risky() {
        return list().stream().filter(CountryPermission::isRisky).toList();
    }
}
