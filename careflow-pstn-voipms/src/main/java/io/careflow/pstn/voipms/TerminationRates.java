package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.rating.RateDeck;
import java.util.List;

/**
 * What VoIP.ms takes for outbound calls now, as a deck that rates them. Prices are read when asked for and stand nowhere in this
 * library. Thread-safe.
 */
public interface TerminationRates extends Capability {

    /**
     * The prices of calls to these places, in US dollars, with VoIP.ms's increments. Where it tells several prices for one prefix,
     * the dearest holds.
     *
     * @param route whose prices
     * @param version the deck's, such as the date of today: charges repeat it
     * @param places countries or places in VoIP.ms's words, such as {@code Canada}, each of which is one request
     * @return a deck for calls out, whose id is that of the provider and the route: {@code voipms-value}
     * @throws IllegalArgumentException if there are no places or one is blank
     * @throws io.careflow.pstn.error.NotFound if VoIP.ms tells no price for one of the places: unknown is not zero
     * @throws io.careflow.pstn.error.PstnException if VoIP.ms fails
     */
    RateDeck deck(Route route, String version, List<String> places);
}
