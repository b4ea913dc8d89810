package io.careflow.pstn.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks on the terminal of the process, if both its input and its output are one. */
final class ConsoleOperator implements Operator {

    @Override
    public Optional<String> ask(String question) {
        Console console = console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readLine("%s", question));
    }

    @Override
    public boolean isThere() {
        Console console = console();
        return console != null && isTerminal(console);
    }

    /** Null up to Java 21 where there is no terminal; from 22 on there is always one, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console console() {
        return System.console();
    }

    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
