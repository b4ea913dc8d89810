/**
 * The account at a carrier: {@link io.careflow.pstn.account.Account}, {@link io.careflow.pstn.account.DialingPermissions},
 * {@link io.careflow.pstn.account.Prices}.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.account;
