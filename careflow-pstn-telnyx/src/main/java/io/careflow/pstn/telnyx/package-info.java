/** Telnyx: REST v2 and Call Control (https://developers.telnyx.com). One entry: {@link io.careflow.pstn.telnyx.TelnyxProvider}. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.telnyx;
