/** Tests. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.stir;
