/**
 * A telephone network in a box: a real Asterisk, SIP carrier, phones, media and PostgreSQL on this machine's loopback
 * addresses. Nothing leaves the machine, nothing of its configuration is read or changed, and everything that was
 * started is stopped again.
 */
@NullMarked
package io.careflow.pstn.lab;

import org.jspecify.annotations.NullMarked;
