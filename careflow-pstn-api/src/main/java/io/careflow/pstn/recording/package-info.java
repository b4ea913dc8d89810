/** Recordings at a provider: {@link io.careflow.pstn.recording.Recordings}. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.recording;
