/** The program behind {@code ./demo}: one real call through everything, each step checked. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.demo;
