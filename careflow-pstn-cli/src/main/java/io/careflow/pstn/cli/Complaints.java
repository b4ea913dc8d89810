package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedCapability;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns failures into one line, an exit code and, for scripts, a JSON document. Never shows a secret. */
final class Complaints implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Session session;

    Complaints(Session session) {
        this.session = session;
    }

    /** Options that cannot be read. */
    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        session.err().println("pstn: " + Lengths.in(line(failure.getMessage())));
        session.err()
                .println("See '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        session.err().flush();
        return ExitCode.USAGE;
    }

    /** Everything else. */
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, @Nullable ParseResult parsed)
            throws Exception {
        if (failure instanceof ParameterException usage) {
            return handleParseException(usage, new String[0]);
        }
        Complaint complaint = of(failure);
        session.err().println("pstn: " + session.withoutSecrets(Lengths.in(line(complaint.message()))));
        if (!complaint.advice().isEmpty()) {
            session.err().println(Lengths.in(line(complaint.advice())));
        }
        if (session.isVerbose()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            session.err().println(session.withoutSecrets(trace.toString()));
        }
        session.err().flush();
        if (session.screen().isJson() && !(failure instanceof BrokenOff)) {
            session.screen().document(complaint.json(session.withoutSecrets(line(complaint.message()))));
        }
        return complaint.exitCode();
    }

    private static Complaint of(Exception failure) {
        if (failure instanceof ChangeFailed change && change.getCause() instanceof RuntimeException cause) {
            return ofChange(change.plan(), cause);
        } else if (failure instanceof NotShown done && done.getCause() instanceof RuntimeException cause) {
            return ofDone(done.plan(), cause);
        } else if (failure instanceof BrokenOff broken && broken.getCause() instanceof RuntimeException cause) {
            Complaint behind = of(cause);
            return new Complaint(
                    behind.kind(),
                    behind.message(),
                    Effect.NONE,
                    behind.exitCode(),
                    message(broken),
                    null,
                    behind.facts());
        } else if (failure instanceof PstnException carrier) {
            // Whatever was read, nothing was changed by reading it.
            return new Complaint(kind(carrier), read(carrier), Effect.NONE, exitCode(carrier), "", null, carrier);
        } else if (failure instanceof Answer answer) {
            return new Complaint(answer.kind(), message(answer), answer.effect(), answer.exitCode(), "", null, null);
        } else if (failure instanceof BadUsage || failure instanceof IllegalArgumentException) {
            return new Complaint("Usage", message(failure), Effect.NONE, ExitCode.USAGE, "", null, null);
        } else if (failure instanceof UncheckedIOException io) {
            return new Complaint("Failed", message(io), Effect.NONE, ExitCode.FAILED, "", null, null);
        }
        return new Complaint("Unexpected", unexpected(failure), Effect.NONE, ExitCode.FAILED, "", null, null);
    }

    private static Complaint ofChange(Plan plan, RuntimeException cause) {
        if (cause instanceof PstnException carrier && carrier.effect() == Effect.NONE) {
            return new Complaint(kind(carrier), message(carrier), Effect.NONE, exitCode(carrier), "", plan, carrier);
        }
        String message = cause instanceof PstnException
                ? message(cause)
                : plan.action() + ": " + unexpected(cause) + " (it may have been done)";
        return new Complaint(
                kind(cause),
                message,
                Effect.UNKNOWN,
                ExitCode.IN_DOUBT,
                "In doubt: do not repeat it before you have looked. " + look(plan),
                plan,
                cause instanceof PstnException carrier ? carrier : null);
    }

    // Not OK, as what a script waits for is missing; not FAILED, as that says that nothing was done.
    private static Complaint ofDone(Plan plan, RuntimeException cause) {
        return new Complaint(
                "Unexpected",
                plan.action() + ": it was done, but its result cannot be shown: " + unexpected(cause),
                Effect.UNKNOWN,
                ExitCode.IN_DOUBT,
                "It was done: do not repeat it. " + look(plan),
                plan,
                null);
    }

    private static String look(Plan plan) {
        String id = plan.commandId() == null ? "" : " Its command id is " + plan.commandId() + ".";
        return plan.lookUp() + "." + id;
    }

    private static int exitCode(PstnException failure) {
        return failure instanceof NotFound ? ExitCode.NO : ExitCode.FAILED;
    }

    private static String kind(RuntimeException failure) {
        return failure instanceof PstnException ? failure.getClass().getSimpleName() : "Unexpected";
    }

    /** A failed read says that something may have been done only because every failure says one or the other. */
    private static String read(PstnException failure) {
        if (failure instanceof UnsupportedCapability) {
            // What it advises is for those who write Java.
            return message(failure)
                            .replaceFirst("^.* require: ", "")
                            .replaceFirst(" \\(nothing was done\\)$", "")
                            .replaceFirst(";.*$", "")
                    + "; 'pstn doctor' lists what it can do (nothing was done)";
        }
        return message(failure).replace(" (it may have been done)", " (nothing was done)");
    }

    /** The text of an exception that nobody foresaw may hold anything; its name does not. */
    private static String unexpected(Exception failure) {
        Throwable shown = failure instanceof ReadFailed && failure.getCause() != null ? failure.getCause() : failure;
        return "unexpected failure " + shown.getClass().getName() + "; --verbose shows more";
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String line(@Nullable String text) {
        return text == null
                ? ""
                : text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }

    private record Complaint(
            String kind,
            String message,
            Effect effect,
            int exitCode,
            String advice,
            @Nullable Plan plan,
            @Nullable PstnException facts) {

        ObjectNode json(String shown) {
            ObjectNode error = JsonNodeFactory.instance.objectNode();
            error.put("kind", kind)
                    .put("message", shown)
                    .put("effect", effect.name())
                    .put("exitCode", exitCode);
            if (facts != null) {
                error.put("provider", facts.provider().value()).put("operation", facts.operation());
                error.set("code", Values.json(facts.code()));
                error.set(
                        "httpStatus",
                        facts.httpStatus().isPresent()
                                ? Values.json(facts.httpStatus().getAsInt())
                                : Values.json(null));
                error.set("requestId", Values.json(facts.requestId()));
                error.set("retryAfter", Values.json(facts.retryAfter()));
            }
            if (plan != null && plan.commandId() != null) {
                error.put("commandId", plan.commandId().value());
            }
            if (!advice.isEmpty()) {
                error.put("advice", advice);
            }
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set("error", error);
            return document;
        }
    }
}
