/** Configuration of a company's own SIP servers, rendered from its trunks, users and numbers: Asterisk and Kamailio. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.asterisk.config;
