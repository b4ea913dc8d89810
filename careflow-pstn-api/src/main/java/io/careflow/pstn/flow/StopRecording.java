package io.careflow.pstn.flow;

/** Stops the recording; nothing happens if none runs. */
public record StopRecording() implements Step {
    @Override
    public String name() {
        return "stop-recording";
    }
}
