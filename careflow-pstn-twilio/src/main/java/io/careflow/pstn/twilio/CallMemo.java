package io.careflow.pstn.twilio;

import io.careflow.pstn.flow.Continuation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the adapter must know when Twilio comes back, and sends along with Twilio so that any node of the application can go
 * on. Travels sealed by {@link MemoSeal}.
 *
 * @param kind what Twilio is to come back from
 * @param call the call it belongs to; empty where the call had no id yet when it was written
 * @param number grows with every reply of one call, so that events have ids of their own
 * @param answer what is known of the call being answered
 * @param then where the application goes on
 * @param details what the kind needs besides, in its own order
 */
record CallMemo(Kind kind, String call, long number, AnswerMark answer, Continuation then, List<String> details) {
    private static final Continuation NOWHERE = Continuation.named("none");

    CallMemo {
        details = List.copyOf(details);
    }

    /** A memo of a call without continuation. */
    static CallMemo of(Kind kind, CallContext call, List<String> details) {
        return new CallMemo(kind, call.call(), call.number(), call.answer(), NOWHERE, details);
    }

    static CallMemo of(Kind kind, CallContext call, Continuation then, List<String> details) {
        return new CallMemo(kind, call.call(), call.number(), call.answer(), then, details);
    }

    /** Whether it may come back from this call: one that was written before the call had a sid fits every call. */
    boolean belongsTo(String sid) {
        return !sid.isEmpty() && (call.isEmpty() || call.equals(sid));
    }

    /** As text: every piece with its length before it, so that nothing in a piece can be taken for another. */
    String write() {
        StringBuilder out = new StringBuilder(160);
        piece(out, kind.letter);
        piece(out, call);
        piece(out, Long.toString(number));
        piece(out, answer.write());
        piece(out, then.name());
        piece(out, Integer.toString(then.state().size()));
        then.state().forEach((name, value) -> {
            piece(out, name);
            piece(out, value);
        });
        details.forEach(detail -> piece(out, detail));
        return out.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static CallMemo read(String text) {
        Pieces in = new Pieces(text);
        Kind kind = Kind.of(in.next());
        String call = in.next();
        long number = Long.parseLong(in.next());
        AnswerMark answer = AnswerMark.read(in.next());
        String name = in.next();
        Map<String, String> state = new TreeMap<>();
        for (int left = Integer.parseInt(in.next()); left > 0; left--) {
            state.put(in.next(), in.next());
        }
        return new CallMemo(kind, call, number, answer, new Continuation(name, state), in.rest());
    }

    private static void piece(StringBuilder out, String text) {
        out.append(text.length()).append(':').append(text);
    }

    /** What Twilio comes back from. */
    enum Kind {
        GATHER("g"),
        DIAL("d"),
        VOICEMAIL("v"),
        CONFERENCE("c"),
        QUEUE("q"),
        NEXT("n"),
        END("e"),
        LEG("l"),
        PLACED("p");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }

        private static Kind of(String letter) {
            for (Kind kind : values()) {
                if (kind.letter.equals(letter)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no such kind");
        }
    }
}
