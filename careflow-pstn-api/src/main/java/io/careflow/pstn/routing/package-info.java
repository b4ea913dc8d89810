/**
 * Which carrier takes a call, in which order, and what to do when one does not: {@link io.careflow.pstn.routing.RoutePlanner}
 * and {@link io.careflow.pstn.routing.Failover}. Pure functions over values; clock and randomness are given.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.routing;
