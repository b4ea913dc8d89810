/** io.careflow.pstn.http */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.http;
