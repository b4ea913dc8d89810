/**
 * The conformance kit: an in-memory provider with virtual time, for tests of applications and of this library, and abstract
 * JUnit classes that every implementation of a contract runs.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.tck;
