/** Guards and credit together: a call takes what it may count for and the money that it may cost in one step, and gives both back. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.admission;
