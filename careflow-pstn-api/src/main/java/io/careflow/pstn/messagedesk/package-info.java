/**
 * Texts with guard, credit, price and opt-out: {@link io.careflow.pstn.messagedesk.MessageDesk} sends each wish once, settles it to what it
 * cost, and hears who wants no more texts.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.messagedesk;
