/** VoIP.ms: its REST API (https://voip.ms/m/apidocs.php). One entry: {@link io.careflow.pstn.voipms.VoipMsProvider}. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.voipms;
