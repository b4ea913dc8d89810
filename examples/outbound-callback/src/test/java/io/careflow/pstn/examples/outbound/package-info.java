/** The example, run on the in-memory provider. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.examples.outbound;
