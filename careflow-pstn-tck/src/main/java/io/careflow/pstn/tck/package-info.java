/** io.careflow.pstn.tck */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.tck;
