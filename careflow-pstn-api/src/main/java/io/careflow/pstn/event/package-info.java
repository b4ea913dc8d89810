/** What happens to calls, and how an application answers: {@link io.careflow.pstn.event.FlowHandler}. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.event;
