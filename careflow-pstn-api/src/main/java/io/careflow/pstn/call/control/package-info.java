/** Placing and steering calls: {@link io.careflow.pstn.call.control.CallControl}. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.call.control;
