package io.careflow.pstn.planted;

import io.careflow.pstn.http.planted.ToHttp;
import io.careflow.pstn.jdbc.planted.ToJdbc;

/** Needs two modules. */
public final class Crosses {
    ToHttp http() {
        return new ToHttp();
    }

    ToJdbc jdbc() {
        return new ToJdbc();
    }
}
