package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.http.Rollback;
import io.careflow.pstn.trunk.TrunkLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Call-control applications over REST (https://developers.telnyx.com/api-reference/call-control-applications). Thread-safe. */
final class TelnyxApplications implements CallApplications {
    private static final String PATH = "call_control_applications";
    private static final String CREATE = "application.create";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int PAGE = 250;

    private final TelnyxClient client;
    private final VoiceProfiles profiles;
    private final Commands<CallApplicationSettings, CallApplication> commands;

    TelnyxApplications(TelnyxClient client) {
        this.client = client;
        this.profiles = new VoiceProfiles(client);
        this.commands = new Commands<>(client.id(), CREATE, client.clock());
    }

    @Override
    public CallApplication create(CommandId command, CallApplicationSettings settings) {
        profiles.check(CREATE, settings.limits());
        return commands.once(command, settings, () -> make(command, settings), doubt -> {
            throw doubt.failure();
        });
    }

    @Override
    public Optional<CallApplication> find(String id) {
        String operation = "application.find";
        return application(operation, id).map(found -> read(operation, found));
    }

    @Override
    public List<CallApplication> list() {
        String operation = "application.list";
        Map<String, Fields> byId = profiles.all(operation);
        List<CallApplication> all = new ArrayList<>();
        client.pages(
                HttpCall.of(operation, "GET", PATH),
                PAGE,
                found -> all.add(ApplicationForm.read(
                        found, profileId(found).map(byId::get).orElse(null))));
        return List.copyOf(all);
    }

    @Override
    public CallApplication configure(String id, CallApplicationSettings settings) {
        String operation = "application.configure";
        TrunkLimits limits = settings.limits();
        profiles.check(operation, limits);
        Optional<Fields> profile = Reads.before(operation, () -> {
            Fields found = application(operation, id)
                    .orElseThrow(() -> new NotFound(
                            Failure.of(client.id(), operation, Effect.NONE, "there is no such application")));
            return profileId(found).flatMap(known -> profiles.find(operation, known));
        });
        Steps steps = new Steps("configure it again");
        Fields now = profile.orElse(null);
        if (limits != null) {
            String own = own(operation, profile).requireText("id");
            now = steps.next(() -> profiles.limit(operation, own, limits));
        }
        ObjectNode body = ApplicationForm.write(
                client.object(),
                settings,
                profile.map(found -> found.requireText("id")).orElse(null),
                true);
        Fields changed = steps.next(() -> client.data(client.with(HttpCall.of(operation, "PATCH", PATH, id), body)));
        return ApplicationForm.read(changed, now);
    }

    @Override
    public void delete(String id) {
        String operation = "application.delete";
        try {
            Optional<Fields> known = Reads.before(operation, () -> application(operation, id));
            if (known.isEmpty()) {
                return;
            }
            Optional<Fields> profile = Reads.before(
                    operation, () -> profileId(known.get()).flatMap(found -> profiles.find(operation, found)));
            Steps steps = new Steps("delete its outbound voice profile by hand");
            steps.next(() -> remove(operation, id));
            profile.filter(found -> VoiceProfiles.isOurs(found, 1))
                    .ifPresent(found -> steps.next(() -> profiles.delete(operation, found.requireText("id"))));
        } finally {
            commands.forget(made -> made.id().equals(id));
        }
    }

    private CallApplication make(CommandId command, CallApplicationSettings settings) {
        if (!Reads.before(CREATE, () -> named(settings.name())).isEmpty()) {
            throw conflict(CREATE, "there is an application '" + settings.name() + "' already");
        }
        Rollback rollback = new Rollback(client.id(), CREATE, "id");
        try {
            String name = VoiceProfiles.name("application", settings.name(), command.value());
            Fields profile = profiles.make(rollback, CREATE, name, settings.limits());
            ObjectNode body = ApplicationForm.write(client.object(), settings, profile.requireText("id"), false);
            Fields made = rollback.unique(
                    "application '" + settings.name() + "'",
                    () -> client.data(client.with(HttpCall.of(CREATE, "POST", PATH), body)),
                    () -> named(settings.name()),
                    id -> remove(CREATE, id));
            return ApplicationForm.read(made, profile);
        } catch (RuntimeException e) {
            throw rollback.failed(e);
        }
    }

    // Telnyx finds what contains the name.
    private List<Fields> named(String name) {
        return client
                .all(
                        HttpCall.of("application.look-up", "GET", PATH)
                                .query("filter[application_name][contains]", name),
                        PAGE)
                .stream()
                .filter(found -> found.text("application_name").orElse("").equals(name))
                .toList();
    }

    private Optional<Fields> application(String operation, String id) {
        return ID.matcher(id).matches() ? client.find(HttpCall.of(operation, "GET", PATH, id)) : Optional.empty();
    }

    private CallApplication read(String operation, Fields application) {
        Fields profile = profileId(application)
                .flatMap(id -> profiles.find(operation, id))
                .orElse(null);
        return ApplicationForm.read(application, profile);
    }

    private Fields own(String operation, Optional<Fields> profile) {
        Fields found = profile.orElseThrow(
                () -> conflict(operation, "the application has no outbound voice profile whose limits could be set"));
        if (found.integer("connections_count").orElse(1) > 1) {
            throw conflict(operation, "the outbound voice profile of the application is that of other things too");
        }
        return found;
    }

    private void remove(String operation, String id) {
        try {
            client.send(HttpCall.of(operation, "DELETE", PATH, id));
        } catch (NotFound e) {
            // Gone already.
        }
    }

    private static Optional<String> profileId(Fields application) {
        return application.object("outbound").flatMap(outbound -> outbound.text("outbound_voice_profile_id"));
    }

    private PstnException conflict(String operation, String reason) {
        return new Conflict(Failure.of(client.id(), operation, Effect.NONE, reason));
    }
}
