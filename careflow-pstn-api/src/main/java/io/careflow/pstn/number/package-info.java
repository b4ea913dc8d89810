/** Searching, ordering and configuring numbers (DIDs): {@link io.careflow.pstn.number.NumberInventory}. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.number;
