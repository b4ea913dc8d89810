package io.careflow.pstn.twilio;

import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.ConferenceReader;
import com.twilio.rest.api.v2010.account.conference.Participant;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds conferences and who is in them. Thread-safe. */
final class Rooms {
    private static final List<Conference.Status> LIVE = List.of(Conference.Status.IN_PROGRESS, Conference.Status.INIT);
    private static final Set<String> LEFT = Set.of("complete", "failed");

    static final String PARTICIPANTS = "conference.participants";

    private final TwilioClient client;

    Rooms(TwilioClient client) {
        this.client = client;
    }

    /** The SID of the conference of this name that is not over. */
    Optional<String> find(String room) {
        return LIVE.stream()
                .map(status ->
                        conferences(Conference.reader().setFriendlyName(room).setStatus(status)))
                .flatMap(List::stream)
                .filter(conference ->
                        conference.text("friendly_name").orElse("").equals(room))
                .map(conference -> conference.requireText("sid"))
                .findFirst();
    }

    /** Who is in a conference or on the way into it. */
    List<Fields> participants(String conference) {
        try {
            return client
                    .all(
                            PARTICIPANTS,
                            "participants",
                            rest -> Participant.reader(conference).firstPage(rest))
                    .stream()
                    .filter(fields -> !LEFT.contains(fields.text("status").orElse("")))
                    .toList();
        } catch (NotFound e) {
            return List.of(); // it ended meanwhile
        }
    }

    /** Which of these calls are in any conference now. Reads all conferences: a call does not say where it is. */
    Set<String> present(Set<String> calls) {
        return conferences(Conference.reader().setStatus(Conference.Status.IN_PROGRESS)).stream()
                .flatMap(conference -> participants(conference.requireText("sid")).stream())
                .map(participant -> participant.requireText("call_sid"))
                .filter(calls::contains)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private List<Fields> conferences(ConferenceReader reader) {
        return client.all("conference.list", "conferences", reader::firstPage);
    }
}
