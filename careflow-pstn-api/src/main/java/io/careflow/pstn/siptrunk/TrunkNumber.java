package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.NumberFeature;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number whose calls come over the trunk. Checked as a part of its {@link SipTrunkProfile}.
 *
 * @param number the number
 * @param label what people call it; may be empty
 * @param features what it can do
 * @param monthly what it costs a month, or null if that is not known
 * @param emergencyAddress the address that the carrier has registered for emergency calls from it, or null
 * @param inboundTarget where its calls go, in the application's own words, or null
 */
public record TrunkNumber(
        PhoneNumber number,
        String label,
        Set<NumberFeature> features,
        @Nullable Money monthly,
        @Nullable String emergencyAddress,
        @Nullable String inboundTarget) {
    public TrunkNumber {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(label, "label");
        features = Set.copyOf(features);
    }

    /** A number for calls. */
    public static TrunkNumber of(PhoneNumber number) {
        return new TrunkNumber(number, "", Set.of(NumberFeature.VOICE), null, null, null);
    }
}
