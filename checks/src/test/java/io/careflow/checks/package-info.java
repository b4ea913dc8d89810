/** Checks of what no module can check alone. */
@org.jspecify.annotations.NullMarked
package io.careflow.checks;
