package io.careflow.pstn.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Everything that commands have from the outside, so that tests bring their own.
 *
 * @param environment the variables of the process
 * @param folder where relative paths begin
 * @param clock the time of day
 * @param ids makes command ids, each a new one
 * @param operator who is asked
 * @param carriers the providers that there are
 */
record Surroundings(
        Map<String, String> environment,
        Path folder,
        Clock clock,
        Supplier<String> ids,
        Operator operator,
        Carriers carriers) {
    Surroundings {
        environment = Map.copyOf(environment);
    }
}
