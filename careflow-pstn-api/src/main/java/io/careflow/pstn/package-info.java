/**
 * The entry point ({@link io.careflow.pstn.Pstn}), the provider SPI and the values that every other package uses.
 *
 * <p>Together with {@code io.careflow.pstn.error} this package is the ground floor: it depends on no other package.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn;
