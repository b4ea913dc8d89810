/** Text messages: {@link io.careflow.pstn.message.Messaging}. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.message;
