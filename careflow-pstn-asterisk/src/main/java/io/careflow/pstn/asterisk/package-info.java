/** io.careflow.pstn.asterisk */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.asterisk;
