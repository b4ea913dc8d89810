package io.careflow.pstn.telnyx;

import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import java.util.ArrayList;
import java.util.List;

/** The prompts of a gather as Telnyx is told them: what is said in one language at a stretch is one command. */
final class Pieces {
    private static final int LONGEST = 3000;

    private Pieces() {}

    static List<Prompt> of(List<Prompt> prompts) {
        List<Prompt> pieces = new ArrayList<>();
        for (Prompt prompt : prompts) {
            int last = pieces.size() - 1;
            if (last >= 0
                    && prompt instanceof Say next
                    && pieces.get(last) instanceof Say before
                    && fit(before, next)) {
                pieces.set(last, new Say(before.text() + " " + next.text(), next.language()));
            } else {
                pieces.add(prompt);
            }
        }
        return List.copyOf(pieces);
    }

    private static boolean fit(Say one, Say other) {
        return one.language().equals(other.language())
                && one.text().length() + 1 + other.text().length() <= LONGEST;
    }
}
