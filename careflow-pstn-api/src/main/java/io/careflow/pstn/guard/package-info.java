/** Limits against toll fraud and abuse: rules as values, one decision that names every rule that spoke, counters shared by all nodes. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.guard;
