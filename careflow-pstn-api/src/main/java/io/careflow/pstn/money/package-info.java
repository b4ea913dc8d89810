/** Exact amounts of money: a decimal with a currency, and the one rounding that a charge gets at its end. */
@NullMarked
package io.careflow.pstn.money;

import org.jspecify.annotations.NullMarked;
