package io.careflow.pstn.voipms;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an area of the API answers in an account that stands as the conformance kit's samples say. */
interface FakePart {
    /**
     * The whole JSON object, with its status; null if the method is none of this area.
     *
     * @param form the request's parameters, decoded
     * @param done whether what the operation makes is there by now
     */
    @Nullable
    String answer(String method, Map<String, String> form, boolean done);
}
