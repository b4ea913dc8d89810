/** Operations against providers, measured by Micrometer: give a {@link io.careflow.pstn.micrometer.MicrometerObserver} to providers. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.micrometer;
