/** The neutral call script: values only. A {@link io.careflow.pstn.flow.CallFlow} is a list of steps and exactly one ending. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.flow;
