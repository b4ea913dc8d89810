package io.careflow.pstn.tck;

import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.error.NotPermitted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which countries an in-memory provider lets out. As long as nothing was said of any country, all are open. */
final class MemoryPermissions implements DialingPermissions {
    private final MemoryLine line;
    private final Map<String, CountryPermission> countries = new LinkedHashMap<>();

    MemoryPermissions(MemoryLine line) {
        this.line = line;
    }

    @Override
    public List<CountryPermission> list() {
        return line.read(Operation.PERMISSIONS_LIST, () -> List.copyOf(countries.values()));
    }

    void set(CountryPermission permission) {
        countries.put(permission.country(), permission);
    }

    void require(Operation operation, Destination to) {
        if (countries.isEmpty() || !(to instanceof Destination.Phone phone)) {
            return;
        }
        boolean open = countries.values().stream()
                .filter(CountryPermission::lowRisk)
                .flatMap(country -> country.callingCodes().stream())
                .anyMatch(code -> phone.address().startsWith(code));
        if (!open) {
            throw new NotPermitted(
                    line.nothing(operation, "calls to this country are not open"), NotPermitted.Why.GEO_PERMISSION);
        }
    }
}
