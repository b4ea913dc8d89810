/** The price of a call: rate decks, longest-prefix lookup, and charges that are exact and explain themselves. */
@NullMarked
package io.careflow.pstn.rating;

import org.jspecify.annotations.NullMarked;
