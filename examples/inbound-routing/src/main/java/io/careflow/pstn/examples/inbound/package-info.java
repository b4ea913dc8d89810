/** Answers a DID with a welcome, asks for a CareFlow ID, rings the user, and records and prices the call. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.examples.inbound;
