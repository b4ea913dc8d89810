/** A complete adapter of a carrier that does not exist. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.examples.acme;
