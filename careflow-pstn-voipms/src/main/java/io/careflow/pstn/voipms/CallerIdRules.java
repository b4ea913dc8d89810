package io.careflow.pstn.voipms;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Caller-ID filters. VoIP.ms calls the id {@code filter} in requests to make one, and {@code filtering} elsewhere. Thread-safe. */
final class CallerIdRules implements VoipMsCallerIdRules {
    private final VoipMsClient client;
    private final Differences creations;

    CallerIdRules(VoipMsClient client) {
        this.client = client;
        this.creations = new Differences(client, "caller-rule.create", this::ids);
    }

    @Override
    public List<Rule> list() {
        return client.list(VoipMsCall.of("caller-rule.list", "getCallerIDFiltering"), "filtering").stream()
                .map(CallerIdRules::rule)
                .toList();
    }

    @Override
    public String create(CommandId command, NewRule rule) {
        VoipMsCall call = VoipMsCall.of("caller-rule.create", "setCallerIDFiltering")
                .with("callerid", rule.caller())
                .with("did", rule.number() == null ? "all" : WireNumbers.toWire(rule.number()))
                .with("routing", rule.routing())
                .withAny("note", rule.note().isEmpty() ? null : rule.note());
        return creations.order(command, rule, call, 1).iterator().next();
    }

    @Override
    public void delete(String id) {
        try {
            Fields unused = client.write(
                    VoipMsCall.of("caller-rule.delete", "delCallerIDFiltering").with("filtering", id));
        } catch (NotFound e) {
            // That is what was wanted.
        }
    }

    private Set<String> ids() {
        return list().stream().map(Rule::id).collect(Collectors.toSet());
    }

    private static Rule rule(Fields row) {
        return new Rule(
                row.requireText("filtering"),
                row.text("callerid").orElse(""),
                row.text("did").orElse("all"),
                row.text("routing").orElse(""),
                row.text("note").orElse(""));
    }
}
