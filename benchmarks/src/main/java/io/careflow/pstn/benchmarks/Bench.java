package io.careflow.pstn.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./bench NAME [options]}. */
@Command(
        name = "bench",
        description = "Benchmarks against named peers. Everything stays on loopback addresses.",
        subcommands = {
            InboundBench.class,
            LeaksBench.class,
            AdaptersBench.class,
            WebhooksBench.class,
            RatingBench.class,
            AuthoriseBench.class,
            AuthoriseNode.class,
            Application.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME")
final class Bench implements Runnable {

    private Bench() {}

    /** Runs one benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
