package io.careflow.pstn.flow.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.flow.machine.Position.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowRunnerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallRef CALL = new CallRef(new ProviderId("test"), "c1");
    private static final FlowSupport SUPPORT =
            new FlowSupport(Set.of("say", "pause", "gather", "dial", "voicemail", "redirect", "reject", "hang-up"));
    private static final CallFlow APOLOGY =
            CallFlow.start().say("Sorry", Locale.ENGLISH).hangUp();
    private static final CallFlow GREETING =
            CallFlow.start().say("Hello", Locale.ENGLISH).gather(Gather.digits(1, Continuation.named("menu")));

    private static final CallFlow PAUSING =
            CallFlow.start().pause(Duration.ofSeconds(1)).redirect(Continuation.named("on"));
    private static final CallFlow PAUSING_TWICE = CallFlow.start()
            .pause(Duration.ofSeconds(1))
            .pause(Duration.ofSeconds(2))
            .hangUp();
    private static final CallFlow IDLE = CallFlow.start().redirect(Continuation.named("on"));

    private final List<FlowCommand> commands = new ArrayList<>();
    private final List<CallEvent> events = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final List<FlowCommand> refused = new ArrayList<>();
    private CallFlow apology = APOLOGY;
    private Consumer<FlowCommand> reply = command -> {};

    @Test
    @DisplayName("the application's answer runs, its input comes back as an event with the continuation")
    void conversation() {
        FlowRunner runner = runner(event -> event instanceof InputGathered
                ? CallFlow.start().hangUp()
                : GREETING.noting(CallNote.NONE.withUser("u1")));
        runner.ask(arrived());
        runner.signal(new FlowSignal.Done(1), NOW);
        runner.signal(new FlowSignal.Done(2), NOW);
        runner.signal(
                new FlowSignal.Completed(
                        3, new FlowResult.Input(GatheredInput.digits("5", GatheredInput.End.COMPLETE))),
                NOW.plusSeconds(9));
        assertThat(commands)
                .hasExactlyElementsOfTypes(
                        FlowCommand.Answer.class,
                        FlowCommand.Perform.class,
                        FlowCommand.Begin.class,
                        FlowCommand.Finish.class);
        assertThat(events).hasExactlyElementsOfTypes(CallNoted.class, InputGathered.class);
        InputGathered input = (InputGathered) events.get(1);
        assertThat(input.continuation()).isEqualTo(Continuation.named("menu"));
        assertThat(input.occurredAt()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    @DisplayName("each ending comes back as its own kind of event")
    void kindsOfEvents() {
        Continuation then = Continuation.named("then");
        List<CallFlow> script = new ArrayList<>(List.of(
                CallFlow.start().voicemail(Voicemail.upTo(Duration.ofMinutes(1), then)),
                CallFlow.start().redirect(then),
                CallFlow.start().end(MachineWalk.everyEnding().get(1)),
                CallFlow.start().hangUp()));
        FlowRunner runner = runner(event -> script.remove(0));
        reply = command -> {
            if (command instanceof FlowCommand.Answer answer) {
                runner.signal(new FlowSignal.Done(answer.number()), NOW);
            } else if (command instanceof FlowCommand.Begin begin) {
                FlowResult result = begin.ending() instanceof Voicemail
                        ? new FlowResult.Over()
                        : new FlowResult.Dialled(Disposition.BUSY, HangupCause.USER_BUSY);
                runner.signal(new FlowSignal.Completed(begin.number(), result), NOW);
            }
        };
        runner.ask(arrived());
        assertThat(events).hasExactlyElementsOfTypes(MessageTaken.class, Redirected.class, DialEnded.class);
        assertThat(runner.position().phase()).isEqualTo(Phase.FINISHING);
    }

    @Test
    @DisplayName("a handler that throws gives the apology, a note for the CDR and a report of the failure")
    void handlerThrows() {
        FlowRunner runner = runner(event -> {
            throw new IllegalStateException("database down");
        });
        runner.ask(arrived());
        runner.signal(new FlowSignal.Done(1), NOW);
        assertThat(commands.get(1)).isEqualTo(new FlowCommand.Perform(2, new Say("Sorry", Locale.ENGLISH)));
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        CallNoted.class,
                        noted -> assertThat(noted.note().outcome()).isEqualTo(Disposition.FAILED));
    }

    @Test
    @DisplayName("a flow that the provider cannot do gives the apology, and nothing of it happens")
    void unsupportedFlow() {
        FlowRunner runner = runner(event -> CallFlow.start().startRecording().hangUp());
        runner.ask(arrived());
        runner.signal(new FlowSignal.Done(1), NOW);
        assertThat(commands.get(1)).isEqualTo(new FlowCommand.Perform(2, new Say("Sorry", Locale.ENGLISH)));
        assertThat(failures).singleElement().isInstanceOf(UnsupportedFeature.class);
    }

    @Test
    @DisplayName("a redirection to an unsupported flow is refused and the call goes on undisturbed")
    void unsupportedRedirect() {
        FlowRunner runner = runner(event -> GREETING);
        runner.ask(arrived());
        Position before = runner.position();
        assertThatThrownBy(
                        () -> runner.redirect(CallFlow.start().sendDigits("1").hangUp(), NOW))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("send-digits")
                .hasMessageContaining("supported are");
        assertThat(runner.position()).isEqualTo(before);
        assertThat(commands).hasSize(1);
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("a redirection works in every phase, and after the end it does nothing and notes nothing")
    void redirectInEveryPhase() {
        CallFlow other = CallFlow.start().end(new HangUp(HangupCause.USER_BUSY)).noting(CallNote.NONE.withUser("u2"));
        for (int signals = 0; signals < 4; signals++) {
            commands.clear();
            events.clear();
            FlowRunner runner = runner(event -> GREETING);
            runner.ask(arrived());
            for (int number = 1; number <= signals && number < 3; number++) {
                runner.signal(new FlowSignal.Done(number), NOW);
            }
            if (signals == 3) {
                runner.signal(new FlowSignal.Gone(), NOW);
            }
            Phase phase = runner.position().phase();
            int before = commands.size();
            runner.redirect(other, NOW);
            if (phase == Phase.ANSWERING) {
                runner.signal(new FlowSignal.Done(1), NOW);
            }
            List<FlowCommand> after = commands.subList(before, commands.size());
            if (phase == Phase.OVER) {
                assertThat(after).isEmpty();
                assertThat(events).isEmpty();
            } else {
                assertThat(after.get(after.size() - 1)).as(phase.name()).isInstanceOf(FlowCommand.Finish.class);
                assertThat(after).as(phase.name()).hasSize(phase == Phase.ANSWERING ? 1 : 2);
                assertThat(events).as(phase.name()).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("a port that replies at once does not recurse, however long the flow")
    void synchronousReplies() {
        int[] rounds = {0};
        int[] depth = {0, 0};
        FlowRunner runner = runner(event -> rounds[0]++ < 5000 ? PAUSING : GREETING);
        reply = command -> {
            depth[1] = Math.max(depth[1], ++depth[0]);
            if (command instanceof FlowCommand.Answer || command instanceof FlowCommand.Perform) {
                runner.signal(new FlowSignal.Done(command.number()), NOW);
            }
            depth[0]--;
        };
        runner.ask(arrived());
        assertThat(depth[1]).isEqualTo(1);
        assertThat(runner.position().phase()).isEqualTo(Phase.ENDING);
    }

    @Test
    @DisplayName("a port that throws: the command failed, what follows is done, and the call can be steered on")
    void portThrows() {
        IllegalStateException broken = new IllegalStateException("no line");
        FlowRunner runner = runner(event -> event instanceof DialEnded
                ? CallFlow.start().hangUp()
                : CallFlow.start()
                        .pause(Duration.ofSeconds(1))
                        .end(MachineWalk.everyEnding().get(1)));
        reply = command -> {
            if (!(command instanceof FlowCommand.Finish)) {
                throw broken;
            }
        };
        runner.ask(arrived());
        assertThat(commands)
                .hasExactlyElementsOfTypes(
                        FlowCommand.Perform.class, FlowCommand.Begin.class, FlowCommand.Finish.class);
        assertThat(events).hasExactlyElementsOfTypes(DialEnded.class);
        assertThat(refused).containsExactlyElementsOf(commands.subList(0, 2));
        runner.signal(new FlowSignal.Gone(), NOW);
        assertThat(runner.position().phase()).isEqualTo(Phase.OVER);
    }

    @Test
    @DisplayName("a port that throws after it replied: the reply stands")
    void portThrowsAfterReply() {
        FlowRunner runner = runner(event -> PAUSING_TWICE);
        reply = command -> {
            if (command.number() == 1) {
                runner.signal(new FlowSignal.Done(1), NOW);
                throw new IllegalStateException("late");
            }
        };
        runner.ask(arrived());
        assertThat(commands).hasSize(2);
        assertThat(runner.position().step()).isEqualTo(1);
    }

    @Test
    @DisplayName("an application that only redirects is stopped after a hundred flows: apology, hang-up, FAILED")
    void endlessRedirects() {
        int[] rounds = {0};
        FlowRunner runner = runner(event -> {
            rounds[0]++;
            return IDLE;
        });
        reply = command -> runner.signal(new FlowSignal.Done(command.number()), NOW);
        runner.ask(arrived());
        assertThat(rounds[0]).isEqualTo(100);
        assertThat(commands)
                .hasExactlyElementsOfTypes(
                        FlowCommand.Answer.class, FlowCommand.Perform.class, FlowCommand.Finish.class);
        assertThat(failures).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("100 flows"));
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        CallNoted.class,
                        noted -> assertThat(noted.note().outcome()).isEqualTo(Disposition.FAILED));
    }

    @Test
    @DisplayName("an apology that redirects cannot keep an endless application going")
    void endlessApology() {
        apology = IDLE;
        FlowRunner runner = runner(event -> {
            throw new IllegalStateException("down");
        });
        runner.ask(arrived());
        assertThat(commands).containsExactly(new FlowCommand.Finish(101, new HangUp(HangupCause.TEMPORARY_FAILURE)));
    }

    @Test
    @DisplayName("ninety-nine flows that do nothing, again and again, are no endless loop")
    void manyRedirects() {
        int[] rounds = {0};
        FlowRunner runner = runner(event -> ++rounds[0] == 1000 ? GREETING : rounds[0] % 99 == 0 ? PAUSING : IDLE);
        reply = command -> {
            if (!(command instanceof FlowCommand.Begin)) {
                runner.signal(new FlowSignal.Done(command.number()), NOW);
            }
        };
        runner.ask(arrived());
        assertThat(failures).isEmpty();
        assertThat(runner.position().phase()).isEqualTo(Phase.ENDING);
    }

    @Test
    @DisplayName("a redirection that comes while the application is asked wins over its answer")
    void redirectWhileAsked() {
        List<FlowRunner> self = new ArrayList<>();
        FlowRunner runner = runner(event -> {
            if (event instanceof Redirected) {
                self.get(0).redirect(CallFlow.start().end(new HangUp(HangupCause.USER_BUSY)), NOW);
                return GREETING;
            }
            return IDLE;
        });
        self.add(runner);
        runner.ask(arrived());
        assertThat(commands).containsExactly(new FlowCommand.Finish(2, new HangUp(HangupCause.USER_BUSY)));
    }

    @Test
    @DisplayName("event ids sort in the order in which things happened, also when all happens at once")
    void idsSort() {
        int[] rounds = {0};
        FlowRunner runner = runner(event ->
                (rounds[0]++ < 150 ? PAUSING : GREETING).noting(CallNote.NONE.withTyped(Integer.toString(rounds[0]))));
        reply = command -> runner.signal(new FlowSignal.Done(command.number()), NOW);
        runner.ask(arrived());
        List<String> noteIds = events.stream()
                .filter(CallNoted.class::isInstance)
                .map(CallEvent::id)
                .toList();
        assertThat(noteIds).hasSize(151).isSorted().doesNotHaveDuplicates();
        assertThat(events.stream().map(CallEvent::id)).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("an apology that the provider cannot give is refused at the start")
    void apology() {
        FlowRunner.Application unable = new FlowRunner.Application(
                event -> GREETING, new FlowSupport(Set.of("hang-up")), APOLOGY, events::add, (event, e) -> {});
        assertThatThrownBy(() -> unable.requireApology(CALL.provider()))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("say");
    }

    private FlowRunner runner(FlowHandler handler) {
        FlowRunner.Application application =
                new FlowRunner.Application(handler, SUPPORT, apology, events::add, new FlowRunner.Failures() {
                    @Override
                    public void failed(FlowEvent event, RuntimeException failure) {
                        failures.add(failure);
                    }

                    @Override
                    public void failed(CallRef call, FlowCommand command, RuntimeException failure) {
                        refused.add(command);
                    }
                });
        return new FlowRunner(CALL, Position.initial(false), application, (command, at) -> {
            commands.add(command);
            reply.accept(command);
        });
    }

    private static FlowEvent arrived() {
        return new InboundCall("e0", NOW, CALL, Party.of("+14165550100"), Party.of("+18195550100"));
    }
}
