package io.careflow.pstn.cli;

import java.util.Optional;

/** The person at the terminal. */
interface Operator {

    /** What they typed, without the end of the line; empty if there is no terminal or they closed it. */
    Optional<String> ask(String question);

    /** Whether there is anybody to ask. */
    boolean isThere();
}
