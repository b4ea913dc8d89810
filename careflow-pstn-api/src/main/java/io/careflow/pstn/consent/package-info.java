/**
 * Who must agree before a call is recorded, how they are asked, what they answered, and when a recording is deleted:
 * {@link io.careflow.pstn.consent.RecordingPolicy}. Facts and help to keep them in mind, not legal advice.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.consent;
