package io.careflow.pstn.rating;

/** How milliseconds of talk become whole seconds, before any increment is applied. Carriers differ; a deck says which. */
public enum SecondsRounding {
    /** A started second counts. What most carriers do, and the default. */
    CEIL,
    /** Only a full second counts. */
    FLOOR,
    /** Half a second or more counts. */
    HALF_UP;

    /**
     * Whole seconds of this talk time.
     *
     * @param talkMillis milliseconds, zero or more
     * @throws IllegalArgumentException if the milliseconds are negative
     */
    public long seconds(long talkMillis) {
        if (talkMillis < 0) {
            throw new IllegalArgumentException("talkMillis must not be negative: " + talkMillis);
        }
        long full = talkMillis / 1000;
        long rest = talkMillis % 1000;
        boolean up = switch (this) {
            case CEIL -> rest > 0;
            case FLOOR -> false;
            case HALF_UP -> rest >= 500;
        };
        return up ? full + 1 : full;
    }
}
