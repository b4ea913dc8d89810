package io.careflow.pstn.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Puts the commands together. */
final class Commands {
    private static final char REPLACED = '\uFFFD';

    private Commands() {}

    static CommandLine line(Surroundings surroundings) {
        PstnCommand root = new PstnCommand();
        Session session = new Session(surroundings, root);
        CommandLine line = new CommandLine(root);
        group(
                line,
                "number",
                "Searches, orders, configures and releases numbers (DIDs).",
                new NumberCommands.Search(session),
                new NumberRequired(session),
                new NumberReserve(session),
                new NumberCommands.Order(session),
                new NumberCommands.ListAll(session),
                new NumberCommands.Configure(session),
                new NumberCommands.Release(session));
        group(
                line,
                "caller-id",
                "Numbers of other carriers that may be shown.",
                new CallerIdCommands.ListAll(session),
                new CallerIdCommands.Begin(session),
                new CallerIdCommands.Confirm(session),
                new CallerIdCommands.Remove(session));
        group(
                line,
                "trunk",
                "Makes, shows, limits and deletes SIP trunks.",
                new TrunkCommands.Create(session),
                new TrunkCommands.ListAll(session),
                new TrunkCommands.Show(session),
                new TrunkCommands.Limit(session),
                new TrunkCommands.Delete(session),
                new TrunkCommands.Registrations(session),
                new TrunkCheck(session));
        group(
                line,
                "application",
                "Call-control applications, which only Telnyx has.",
                new ApplicationCommands.ListAll(session),
                new ApplicationCommands.Create(session),
                new ApplicationCommands.Delete(session));
        group(
                line,
                "call",
                "Places, shows and ends calls.",
                new CallCommands.Place(session),
                new CallCommands.Show(session),
                new CallCommands.HangUp(session),
                new CallCommands.ListRecent(session));
        line.addSubcommand(new CallbackCommand(session));
        group(
                line,
                "message",
                "Sends and shows text messages.",
                new MessageCommands.Send(session),
                new MessageCommands.Show(session));
        group(
                line,
                "recording",
                "Lists, fetches and deletes recordings.",
                new RecordingCommands.ListOfCall(session),
                new RecordingCommands.Fetch(session),
                new RecordingCommands.Delete(session));
        group(
                line,
                "cdr",
                "Call records: the provider's, and our own.",
                new CdrCommands.Pull(session),
                new OwnCdrs.ListStored(session),
                new OwnCdrs.Show(session));
        line.addSubcommand(new BalanceCommand(session));
        group(
                line,
                "price",
                "What calls and texts cost, before they are made.",
                new PriceCommands.OfCall(session),
                new PriceCommands.OfMessage(session));
        group(
                line,
                "cost",
                "What telephony cost, and would cost with others.",
                new CostCommands.Report(session),
                new CostCommands.Compare(session));
        group(
                line,
                "rates",
                "Price lists of carriers, as CSV files.",
                new RatesCheck(session),
                new RatesImport(session));
        line.addSubcommand(new QuoteCommand(session));
        group(line, "route", "Which carrier takes a call, and why.", new RouteExplain(session));
        group(line, "guard", "Which calls the rules against fraud let through.", new GuardExplain(session));
        group(
                line,
                "credit",
                "What customers may still spend, in the application's ledger.",
                new CreditCommands.Standing(session),
                new CreditCommands.Open(session),
                new CreditCommands.PayIn(session),
                new CreditCommands.Limit(session),
                new CreditCommands.Entries(session),
                new CreditAudit(session));
        group(line, "webhook", "Webhooks that were captured.", new WebhookVerify(session));
        group(
                line,
                "config",
                "The configuration of your own SIP servers: Asterisk and Kamailio.",
                new ConfigCommands.Render(session),
                new ConfigCheckCommand(session));
        line.addSubcommand(new DoctorCommand(session));
        line.addSubcommand(new CompletionCommand());
        Converters.register(line);
        Complaints complaints = new Complaints(session);
        return line.setExecutionExceptionHandler(complaints)
                .setParameterExceptionHandler(complaints)
                .setExecutionStrategy(Commands::run)
                // A text may begin with an at sign; it is no file to read arguments from.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false);
    }

    /** What the process could not decode must not be said on a call or sent in a message. */
    private static int run(ParseResult parsed) {
        for (String argument : parsed.originalArgs()) {
            if (argument.indexOf(REPLACED) >= 0) {
                throw new ParameterException(
                        parsed.commandSpec().commandLine(),
                        "an argument holds characters that the locale of this process does not have; set LC_ALL=C.UTF-8");
            }
        }
        return new RunLast().execute(parsed);
    }

    /** The group joins first, so that options of the root reach what is added to it afterwards. */
    private static void group(CommandLine root, String name, String description, Object... commands) {
        CommandLine group = new CommandLine(new Group());
        root.addSubcommand(name, group);
        group.getCommandSpec().usageMessage().description(description);
        for (Object command : List.of(commands)) {
            CommandLine line = new CommandLine(command);
            CommandSpec spec = line.getCommandSpec();
            group.addSubcommand(spec.name(), line);
        }
    }
}
