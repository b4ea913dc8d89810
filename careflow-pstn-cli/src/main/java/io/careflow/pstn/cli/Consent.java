package io.careflow.pstn.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** Whether a change is made, and who said so. The options that every change has. */
final class Consent {
    private static final Set<String> YES = Set.of("y", "yes");

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Shows what would be done and its price, and does nothing.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    /** Shows what would be done. */
    void describe(Plan plan, Screen screen) {
        if (screen.isJson()) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            shown.put("dryRun", true).put("action", plan.action());
            if (plan.cost() != null) {
                plan.cost().describe(shown);
            }
            shown.set("request", Results.ordered(plan.facts()));
            screen.document(shown);
        } else {
            screen.line("Dry run, nothing is done: " + title(plan));
            facts(plan).forEach(screen::line);
        }
    }

    /**
     * Says what will be done, and asks unless it was said before.
     *
     * @throws Answer if nobody says yes
     */
    void obtain(Plan plan, Screen screen, Operator operator) {
        if (!yes && !operator.isThere()) {
            throw Answer.notConfirmed("'" + title(plan)
                    + "' needs a yes, and there is no terminal to ask on: give --yes, or --dry-run to look first");
        }
        screen.note(title(plan));
        if (yes) {
            return;
        }
        facts(plan).forEach(screen::note);
        String typed = operator.ask("Go ahead? [y/N] ").orElse("");
        if (!YES.contains(typed.strip().toLowerCase(Locale.ROOT))) {
            throw Answer.notConfirmed(plan.action() + " was not confirmed");
        }
    }

    private static String title(Plan plan) {
        return Values.printable(
                plan.sentence() + (plan.cost() == null ? "" : " (" + plan.cost().text() + ")"));
    }

    private static List<String> facts(Plan plan) {
        if (plan.facts().isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = Screen.rows(Results.ordered(plan.facts()));
        List<Integer> widths = Lines.widths(rows);
        return rows.stream().map(row -> "  " + Lines.aligned(row, widths)).toList();
    }
}
