package io.careflow.pstn.routing;

/** What decides which candidate is tried first. Between equals the lower priority decides, then the id. */
public enum RouteOrder {
    /** The least expected cost for the assumed duration, exact, not rounded. */
    LEAST_COST,
    /** The lowest priority. */
    PRIORITY,
    /**
     * The lowest priority, and within it by lot: each route is drawn in proportion to its weight, as in RFC 2782. Weight 0 comes
     * after the others, without a lot.
     */
    WEIGHTED,
    /**
     * The best quality: the ASR in steps of 5 points, then the PDD in steps of one second, then the ACD in steps of 30 seconds. Steps,
     * because smaller differences are chance. Routes of which too little is known come after the others.
     */
    QUALITY
}
