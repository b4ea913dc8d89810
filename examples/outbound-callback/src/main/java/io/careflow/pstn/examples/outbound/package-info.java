/** Outbound calls of users: who is called back, what it costs them, what is recorded. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.examples.outbound;
