/** Your own Asterisk as call control, over its REST interface (ARI). */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.asterisk;
