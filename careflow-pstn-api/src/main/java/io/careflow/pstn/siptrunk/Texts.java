package io.careflow.pstn.siptrunk;

/** Texts of a profile, for messages. */
final class Texts {
    private static final int LONGEST = 60;

    private Texts() {}

    /** A text as a message may repeat it: printable and short. */
    static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) + "..." : printable;
    }
}
