package io.careflow.pstn.examples.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.credit.NoCredit;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.MemoryOutboundBook;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.InMemoryCdrStore;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboundCallbackTest {
    private static final PhoneNumber MAIN = new PhoneNumber("+18195550100");
    private static final User ALICE = new User(
            "alice", TenantId.DEFAULT, new CareFlowId(1), "Alice", List.of(Destination.sip("sip:1001")), false);

    @Test
    @DisplayName(
            "the example calls a user back, joins them with a number, and records what it cost; once for each command")
    void callsBack() {
        VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
        InMemoryCdrStore cdrs = new InMemoryCdrStore();
        OutboundCallback application = new OutboundCallback(
                new ProviderId("memory"),
                new Ours(),
                OutboundGuard.permissive(),
                new NoCredit(time.clock()),
                new MemoryOutboundBook(),
                cdrs,
                new Throwing(),
                time.clock());
        InMemoryProvider provider = InMemoryProvider.answeredBy(application.desk())
                .time(time)
                .telling(application::told)
                .start();
        application.start(provider);
        provider.phone("sip:1001", SimulatedPhone.answersAfter(Duration.ofSeconds(2)));
        provider.phone(
                Destination.number(new PhoneNumber("+14165550142")),
                SimulatedPhone.answersAfter(Duration.ofSeconds(3)).hangingUpAfter(Duration.ofMinutes(2)));
        assertThat(application.call("wish-1", ALICE, "416 555 0142", MAIN))
                .isEqualTo("Your phone rings; you can talk for 240 minutes");
        assertThat(application.call("wish-1", ALICE, "416 555 0142", MAIN)).isEqualTo("Not possible now");
        time.runUntilIdle();
        assertThat(application.desk().sweep()).isZero();
        List<Cdr> records = new ArrayList<>();
        cdrs.each(CdrQuery.between(Instant.EPOCH, time.now().plusSeconds(1)), records::add);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(records.get(0).times().talkMillis()).isEqualTo(120_000);
        assertThat(records.get(0).cost().amount()).isEqualTo(Money.of("0.017", "USD"));
    }

    private static final class Throwing implements CdrRecorder.Listener {
        @Override
        public void recorded(Cdr cdr, Appended result) {
            assertThat(result).isEqualTo(Appended.STORED);
        }

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void unsettled(Cdr cdr, RuntimeException failure) {
            throw failure;
        }
    }

    private static final class Ours implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return number.equals(MAIN) ? Optional.of(new Did(MAIN, TenantId.DEFAULT, "east", null)) : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.empty();
        }
    }
}
