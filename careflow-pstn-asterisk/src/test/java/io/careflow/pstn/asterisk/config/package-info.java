/** Tests of rendered configurations. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.asterisk.config;
