package io.careflow.pstn.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A SIP message as far as the load needs it. Headers are found as Asterisk writes them: long names, one per line. */
record SipText(String text) {

    static SipText of(byte[] data, int length) {
        return new SipText(new String(data, 0, length, StandardCharsets.ISO_8859_1));
    }

    boolean isResponse() {
        return text.startsWith("SIP/2.0 ");
    }

    /** Of a response. */
    int status() {
        return Integer.parseInt(text.substring(8, 11));
    }

    /** Of a request; of a response that of the request it answers. */
    String method() {
        if (isResponse()) {
            String cseq = header("CSeq");
            return cseq.substring(cseq.indexOf(' ') + 1);
        }
        return text.substring(0, text.indexOf(' '));
    }

    String callId() {
        return header("Call-ID");
    }

    /** The value; empty if there is none. */
    String header(String name) {
        int start = text.indexOf("\r\n" + name + ": ");
        if (start < 0) {
            return "";
        }
        int value = start + name.length() + 4;
        return text.substring(value, text.indexOf("\r\n", value));
    }

    /** The URI between the angle brackets of Contact. */
    String contact() {
        String contact = header("Contact");
        int open = contact.indexOf('<');
        return open < 0 ? contact : contact.substring(open + 1, contact.indexOf('>', open));
    }

    /** The port of the audio in the body; 0 if there is none. */
    int audioPort() {
        int start = text.indexOf("\r\nm=audio ");
        return start < 0 ? 0 : Integer.parseInt(text.substring(start + 10, text.indexOf(' ', start + 10)));
    }

    /** An answer to this request. */
    String reply(String status, String toTag, @Nullable String contact, @Nullable String sdp) {
        StringBuilder reply = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        for (String line : text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n", -1)) {
            String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
            switch (name) {
                case "via", "from", "call-id", "cseq" -> reply.append(line).append("\r\n");
                case "to" ->
                    reply.append(line)
                            .append(line.contains(";tag=") || toTag.isEmpty() ? "" : ";tag=" + toTag)
                            .append("\r\n");
                default -> {}
            }
        }
        if (contact != null) {
            reply.append("Contact: <").append(contact).append(">\r\n");
        }
        return reply + body(sdp);
    }

    /** The last headers and the body. */
    static String body(@Nullable String sdp) {
        return sdp == null
                ? "Content-Length: 0\r\n\r\n"
                : "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
    }

    /** G.711 u-law at this address. */
    static String sdp(String ip, int port) {
        return "v=0\r\no=bench 1 1 IN IP4 " + ip + "\r\ns=-\r\nc=IN IP4 " + ip + "\r\nt=0 0\r\nm=audio " + port
                + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n";
    }
}
