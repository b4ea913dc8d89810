/** The interpreter of call flows for machines that take one command at a time: (position, signal) to commands and next position. No I/O, no carrier, no clock. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.flow.machine;
