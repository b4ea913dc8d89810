package io.careflow.pstn.tck;

/**
 * What a carrier, or the network before it, does to an operation. It holds for every time that the operation is done until
 * the next one is arranged.
 *
 * <p>A fault hits the write of an operation that writes, the first one if it needs several; the reads of such an operation,
 * before or after the write, are answered as the situation says the carrier's state is. Of an operation that only reads, a
 * fault hits every request.
 */
public enum Situation {
    /** The carrier does it, and answers as its documentation shows. */
    SUCCESS("all is well", false),
    /** The carrier does not know what the operation is about; lists are empty. */
    NOT_FOUND("the carrier does not know it", false),
    /** Somebody else has the number that is ordered or reserved. */
    NUMBER_TAKEN("somebody else has the number", false),
    /** The carrier does not accept the credentials of any request. */
    CREDENTIALS_REJECTED("the credentials are rejected", false),
    /** The balance does not allow it. */
    INSUFFICIENT_FUNDS("the balance is used up", false),
    /** Too many requests; the carrier does not say how long to wait. */
    THROTTLED("the carrier throttles", false),
    /** Too many requests; the carrier asks to wait for {@link Wire#RETRY_AFTER}. */
    THROTTLED_WITH_RETRY_AFTER("the carrier throttles and says for how long", false),
    /** A 5xx with a body as the carrier writes it. As far as reads show, nothing was done. */
    SERVER_ERROR("the carrier answers a server error", true),
    /** Reads only: the first request is answered 5xx, the ones after it as in {@link #SUCCESS}. */
    SERVER_ERROR_ONCE("the carrier answers a server error once", true),
    /** Writes only: the carrier does it, and answers 5xx all the same. Reads show that it was done. */
    SERVER_ERROR_AFTER_ACCEPTING("the carrier does it and answers a server error", true),
    /** Writes only: the carrier reads the request and closes without an answer. Reads show that it was done. */
    LOST_REPLY_BUT_DONE("the answer is lost and it was done", true),
    /** The carrier reads the request and closes without an answer. As far as reads show, nothing was done. */
    LOST_REPLY_NOT_FOUND("the answer is lost and nothing shows that it was done", true),
    /**
     * The carrier reads the request and says nothing for longer than the provider waits. As far as reads show, nothing was
     * done. Give the provider under test a deadline below a second.
     */
    READ_TIMEOUT_AFTER_SENDING("the carrier never answers", true),
    /** Nobody listens. The provider may have had connections before; they are closed. */
    CONNECTION_REFUSED("the connection is refused", true),
    /** The answer of {@link #SUCCESS} breaks off in its middle: fewer bytes than announced, then the end. */
    TRUNCATED_BODY("the answer breaks off", true),
    /**
     * 502 or 503 with the HTML page of a proxy, as text/html. The page quotes every one of {@link Wire#secrets}, as proxies
     * do that show the headers they got. As far as reads show, nothing was done.
     */
    HTML_ERROR_PAGE("a proxy answers with an error page", true),
    /** As {@link #SUCCESS}, but the thing's status is {@link Wire#UNKNOWN_STATUS}. */
    UNKNOWN_STATUS_TEXT("the carrier says a status that nobody knows", false),
    /** As {@link #SUCCESS}, with more fields than are documented, of text, numbers, objects, lists and null. */
    UNKNOWN_FIELDS("the carrier adds fields", false),
    /**
     * The list has three pages, and between the first and the second something new appears at its beginning, so that what was
     * last on the first page is now first on the second. {@link Wire#listed} tells what existed throughout.
     */
    THREE_PAGES_WITH_A_CHANGE_BETWEEN("a list changes between its pages", false);

    private final String sentence;
    private final boolean ofTheWire;

    Situation(String sentence, boolean ofTheWire) {
        this.sentence = sentence;
        this.ofTheWire = ofTheWire;
    }

    /**
     * Whether it is a matter of networks and servers, which meets every carrier that is reached by HTTP: such a situation
     * cannot be waived.
     */
    public boolean ofTheWire() {
        return ofTheWire;
    }

    /**
     * Whether a wire may say that its carrier cannot meet it. {@link #SUCCESS} never; what is {@linkplain #ofTheWire of the
     * wire}, {@link #UNKNOWN_FIELDS} and {@link #CREDENTIALS_REJECTED} only if the carrier is not reached by HTTP.
     */
    boolean mayBeWaived(boolean http) {
        return switch (this) {
            case SUCCESS -> false;
            case UNKNOWN_FIELDS, CREDENTIALS_REJECTED -> !http;
            default -> !http || !ofTheWire;
        };
    }

    /** Whether the operation can meet it. Only these pairs are ever arranged. */
    public boolean concerns(Operation operation) {
        return switch (this) {
            case NOT_FOUND -> operation.whenAbsent() != Operation.WhenAbsent.CANNOT_BE;
            case NUMBER_TAKEN -> operation == Operation.NUMBER_ORDER || operation == Operation.NUMBER_RESERVE;
            case INSUFFICIENT_FUNDS -> operation.isPaid();
            case SERVER_ERROR_ONCE -> !operation.isWrite();
            case SERVER_ERROR_AFTER_ACCEPTING, LOST_REPLY_BUT_DONE -> operation.isWrite();
            case UNKNOWN_STATUS_TEXT -> operation.hasStatus();
            case THREE_PAGES_WITH_A_CHANGE_BETWEEN -> operation.isPaged();
            default -> true;
        };
    }

    @Override
    public String toString() {
        return sentence;
    }
}
