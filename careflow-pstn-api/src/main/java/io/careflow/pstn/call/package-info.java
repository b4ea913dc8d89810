/** Calls as values: who, where to, how they ended. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.call;
