/**
 * What telephony costs: reports of months that are over or run, and what a usage would cost with each provider. Values and pure
 * functions; amounts are exact, one total per currency, and what is not known is counted, never taken for zero.
 */
@NullMarked
package io.careflow.pstn.cost;

import org.jspecify.annotations.NullMarked;
