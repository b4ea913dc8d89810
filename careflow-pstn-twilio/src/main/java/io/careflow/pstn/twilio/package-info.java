/** The adapter for Twilio: {@link io.careflow.pstn.twilio.TwilioProvider} is its only entry. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.twilio;
