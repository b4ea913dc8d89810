/** Caller numbers verified by the SIP header {@code Identity}: STIR/SHAKEN (RFC 8224, 8225, 8226, 8588). */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.stir;
