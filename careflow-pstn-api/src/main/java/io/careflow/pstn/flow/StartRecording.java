package io.careflow.pstn.flow;

/** Records the call, both directions, from here on until {@link StopRecording} or its end. */
public record StartRecording() implements Step {
    @Override
    public String name() {
        return "start-recording";
    }
}
