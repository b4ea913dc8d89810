/** io.careflow.pstn */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn;
