/**
 * SIP trunks of carriers without an API: {@link io.careflow.pstn.siptrunk.SipTrunkProfile} is what we know of one, written down by
 * us; {@link io.careflow.pstn.siptrunk.SipTrunkProvider} makes a provider of it; {@link io.careflow.pstn.siptrunk.ChannelLeases}
 * counts its channels.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.siptrunk;
