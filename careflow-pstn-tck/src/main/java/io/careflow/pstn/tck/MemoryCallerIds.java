package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.number.CallerIds;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Foreign numbers that an in-memory provider lets the account show. A code is good for ten minutes, and for one number. */
final class MemoryCallerIds implements CallerIds {
    static final Duration CODE_IS_GOOD_FOR = Duration.ofMinutes(10);
    private static final int FIRST_CODE = 100_001;

    private final VirtualTime time;
    private final MemoryLine line;
    private final Map<PhoneNumber, Begun> begun = new LinkedHashMap<>();
    private final Map<PhoneNumber, CallerId> verified = new LinkedHashMap<>();
    private int told;

    MemoryCallerIds(VirtualTime time, MemoryLine line) {
        this.time = time;
        this.line = line;
    }

    @Override
    public List<CallerId> list() {
        return line.read(Operation.CALLER_ID_LIST, () -> List.copyOf(verified.values()));
    }

    @Override
    public void begin(PhoneNumber number, Method method) {
        line.write(
                Operation.CALLER_ID_BEGIN,
                List.of(number, method),
                () -> begun.put(number, new Begun(String.valueOf(FIRST_CODE + told++), time.now())));
    }

    @Override
    public CallerId confirm(PhoneNumber number, String code) {
        return line.write(Operation.CALLER_ID_CONFIRM, List.of(number, code), () -> confirmed(number, code));
    }

    @Override
    public void remove(PhoneNumber number) {
        line.write(Operation.CALLER_ID_REMOVE, number, () -> {
            begun.remove(number);
            verified.remove(number);
        });
    }

    /** The code that this number was told last and that was not handed in yet. */
    Optional<String> told(PhoneNumber number) {
        return Optional.ofNullable(begun.get(number)).map(Begun::code);
    }

    CallerId verify(PhoneNumber number) {
        CallerId proven = new CallerId(number, time.now(), "verified");
        verified.put(number, proven);
        return proven;
    }

    private CallerId confirmed(PhoneNumber number, String code) {
        Begun waiting = begun.get(number);
        if (waiting == null) {
            throw new NotFound(line.nothing(Operation.CALLER_ID_CONFIRM, "no code was told to " + number));
        }
        boolean late = waiting.at().plus(CODE_IS_GOOD_FOR).isBefore(time.now());
        if (late || !waiting.code().equals(code)) {
            throw new InvalidRequest(
                    line.nothing(Operation.CALLER_ID_CONFIRM, "the code is " + (late ? "too old" : "wrong")));
        }
        begun.remove(number);
        return verify(number);
    }

    private record Begun(String code, Instant at) {}
}
