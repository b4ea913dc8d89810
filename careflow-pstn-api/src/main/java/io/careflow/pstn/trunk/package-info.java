/** SIP trunks: {@link io.careflow.pstn.trunk.TrunkControl} at a carrier, {@link io.careflow.pstn.trunk.SipTrunk} as a value. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.trunk;
