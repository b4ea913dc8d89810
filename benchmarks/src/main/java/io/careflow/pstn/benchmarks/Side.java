package io.careflow.pstn.benchmarks;

/** Who routes the call. */
enum Side {
    /** One line of dialplan: Dial. */
    DIALPLAN("+15551230001"),
    /** Our library in an application, on the same Asterisk. */
    CAREFLOW("+15551230002");

    private final String number;

    Side(String number) {
        this.number = number;
    }

    /** The number by which it is reached. */
    String number() {
        return number;
    }
}
