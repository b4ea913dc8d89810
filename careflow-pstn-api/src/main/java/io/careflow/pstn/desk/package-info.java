/** The journeys: what the application does with a call from its arrival to its CDR. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.desk;
