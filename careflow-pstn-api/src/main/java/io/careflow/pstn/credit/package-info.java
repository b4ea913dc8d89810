/**
 * What a customer may still spend: reserved before a call or a message, settled to the exact amount afterwards. Bring your own
 * {@link io.careflow.pstn.credit.Credit}, or take the ledger of careflow-pstn-jdbc.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.credit;
