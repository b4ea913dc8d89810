/** Failures. Every one says whether the carrier may have done something ({@link io.careflow.pstn.error.Effect}). */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.error;
