package io.careflow.pstn.rating;

/** Which time of day prices a call that lasts from one {@link TimeWindow} into the next. */
public enum WindowPolicy {
    /** The window in which the call is answered prices all of it. What carriers bill, and the default. */
    AT_ANSWER,
    /** Each increment is priced by the window in which it starts, in time that really passes, also when clocks are changed. */
    SPLIT
}
