package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VoipMsMessagesTest extends WireMockVoipMs {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550142");
    private static final Instant FROM = Instant.parse("2026-03-01T05:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T05:00:00Z");

    @BeforeEach
    void nothingYet() {
        on("getSMS", status("no_sms"));
        on("getMMS", status("no_sms"));
    }

    @Test
    @DisplayName("E164 +1 did in getSMS: numbers are the same in both dial modes")
    void dialModes() {
        on(
                "getSMS",
                success("\"sms\":[" + row("1", "1", "4165550142", "4165550199", "2026-03-01 07:00:00") + ","
                        + row("2", "0", "+14165550142", "+14165550199", "2026-03-01 08:00:00") + "]"));

        List<StoredMessage> all = archive().list(OURS, FROM, TO);

        assertThat(all).extracting(each -> each.message().from()).containsExactly("+14165550199", "+14165550142");
        assertThat(all).extracting(each -> each.message().to()).containsExactly("+14165550142", "+14165550199");
        assertThat(all)
                .extracting(each -> each.message().status())
                .containsExactly(Message.Status.RECEIVED, Message.Status.SENT);
        assertThat(all)
                .extracting(each -> each.message().sentAt())
                .containsExactly(Instant.parse("2026-03-01T12:00:00Z"), Instant.parse("2026-03-01T13:00:00Z"));
        assertThat(sent("getSMS"))
                .containsEntry("did", "4165550142")
                .containsEntry("limit", "1000")
                .containsEntry("from", "2026-02-28")
                .containsEntry("to", "2026-03-03");
    }

    @Test
    @DisplayName("a number outside of North America and a short code keep what they are")
    void otherNumbers() {
        on("getSMS", success("\"sms\":" + row("1", "1", "442071234567", "12345", "2026-03-01 07:00:00")));

        Message message = archive()
                .list(new PhoneNumber("+442071234567"), FROM, TO)
                .get(0)
                .message();

        assertThat(message.to()).isEqualTo("+442071234567");
        assertThat(message.from()).isEqualTo("12345");
    }

    @Test
    @DisplayName("what lies outside of the span is left out, though VoIP.ms was asked for whole days")
    void outside() {
        on(
                "getSMS",
                success("\"sms\":[" + row("1", "1", "4165550142", "4165550199", "2026-02-28 23:59:59") + ","
                        + row("2", "1", "4165550142", "4165550199", "2026-03-02 00:00:00") + ","
                        + row("3", "1", "4165550142", "4165550199", "2026-03-01 00:00:00") + "]"));

        assertThat(archive().list(OURS, FROM, TO))
                .extracting(each -> each.message().ref().id())
                .containsExactly("3");
    }

    @Test
    @DisplayName("multimedia messages come with their media, whatever field holds them")
    void media() {
        String mms = row("7", "1", "4165550142", "4165550199", "2026-03-01 07:00:00");
        on(
                "getMMS",
                success("\"sms\":["
                        + mms.replace("}", ",\"media\":[\"https://voip.ms/m/a.jpg\",\"\"]}")
                        + ","
                        + mms.replace("\"7\"", "\"8\"")
                                .replace("}", ",\"col_media1\":\"https://voip.ms/m/b.jpg\",\"col_media2\":\"\"}")
                        + "]"));

        List<StoredMessage> all = archive().list(OURS, FROM, TO);

        assertThat(all).extracting(each -> each.message().ref().id()).containsExactly("mms:7", "mms:8");
        assertThat(all)
                .extracting(StoredMessage::media)
                .containsExactly(
                        List.of(URI.create("https://voip.ms/m/a.jpg")), List.of(URI.create("https://voip.ms/m/b.jpg")));
    }

    @Test
    @DisplayName("media that are not in the row are asked for")
    void mediaApart() {
        on("getMMS", success("\"sms\":" + row("7", "1", "4165550142", "4165550199", "2026-03-01 07:00:00")));
        on("getMediaMMS", success("\"media\":[\"https://voip.ms/m/a.jpg\"]"));

        assertThat(archive().find(ref("mms:7")))
                .hasValueSatisfying(
                        found -> assertThat(found.media()).containsExactly(URI.create("https://voip.ms/m/a.jpg")));
        assertThat(sent("getMediaMMS")).containsEntry("id", "7").containsEntry("media_as_array", "1");
    }

    @Test
    @DisplayName("an MMS that we sent is found without asking for media that it has not")
    void sentMms() {
        on("getMMS", success("\"sms\":" + row("7", "0", "4165550142", "4165550199", "2026-03-01 07:00:00")));

        assertThat(archive().find(ref("mms:7"))).map(StoredMessage::text).contains("Hello");
        assertThat(sent()).containsExactly("getMMS");
    }

    @Test
    @DisplayName("one message is found by its id among the last 90 days, or not at all")
    void find() {
        on("getSMS", success("\"sms\":" + row("5", "1", "4165550142", "4165550199", "2026-01-15 07:00:00")));

        assertThat(archive().find(ref("5"))).map(StoredMessage::text).contains("Hello");
        assertThat(archive().find(ref("6"))).isEmpty();
        assertThat(form(requests().get(0)))
                .containsEntry("sms", "5")
                .containsEntry("from", "2025-12-01")
                .containsEntry("to", "2026-03-02");
    }

    @Test
    @DisplayName("a text in the hour that comes twice is marked")
    void ambiguous() {
        on("getSMS", success("\"sms\":" + row("5", "1", "4165550142", "4165550199", "2025-11-02 01:30:00")));

        StoredMessage found = archive()
                .list(OURS, Instant.parse("2025-11-02T00:00:00Z"), Instant.parse("2025-11-03T00:00:00Z"))
                .get(0);

        assertThat(found.timeAmbiguous()).isTrue();
        assertThat(found.message().sentAt()).isEqualTo("2025-11-02T05:30:00Z");
        assertThat(found.toString()).doesNotContain("Hello");
    }

    @Test
    @DisplayName("a full answer is asked for again in halves; a full day is a failure and no shorter list")
    void full() {
        String rows = String.join(
                ",",
                Collections.nCopies(
                        MessageRows.LIMIT, row("1", "1", "4165550142", "4165550199", "2026-03-01 07:00:00")));
        on("getSMS", success("\"sms\":[" + rows + "]"));

        assertThatThrownBy(() -> archive().list(OURS, FROM, TO))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining("2026-02-28");
        assertThat(sent()).containsExactly("getSMS", "getSMS", "getSMS");
    }

    @Test
    @DisplayName("messages are deleted by their kind; one that is gone is no error")
    void delete() {
        on("deleteSMS", status("invalid_id"));
        on("deleteMMS", success(""));

        archive().delete(ref("5"));
        archive().delete(ref("mms:7"));
        archive().delete(new MessageRef(new ProviderId("twilio"), "5"));

        assertThat(sent()).containsExactly("deleteSMS", "deleteMMS");
        assertThat(sent("deleteMMS")).containsEntry("id", "7");
    }

    @Test
    @DisplayName("an account that is refused says so; an empty span is refused here")
    void refused() {
        on("getSMS", status("invalid_credentials"));

        assertThatThrownBy(() -> archive().list(OURS, FROM, TO)).isInstanceOf(AuthenticationFailed.class);
        assertThatThrownBy(() -> archive().list(OURS, TO, FROM)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sent()).hasSize(1);
    }

    private static String row(String id, String type, String did, String contact, String date) {
        return "{\"id\":\"" + id + "\",\"date\":\"" + date + "\",\"type\":\"" + type + "\",\"did\":\"" + did
                + "\",\"contact\":\"" + contact + "\",\"message\":\"Hello\",\"carrier_status\":\"\"}";
    }

    private MessageRef ref(String id) {
        return new MessageRef(voipms.id(), id);
    }

    private MessageArchive archive() {
        return voipms.require(MessageArchive.class);
    }
}
