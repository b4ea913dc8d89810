/** Answers a DID with a welcome, asks for a CareFlow ID and rings the user; calls users back; records and prices each call. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.examples.inbound;
