package io.careflow.pstn.lab;

import java.util.List;

/** Requests of our own with which a running scenario is told what to do; see {@link Sipp#tell}. */
final class Steering {

    private Steering() {}

    /** To a calling scenario: headers as in a request from the far side, which SIPp may take its tag from. */
    static String caller(List<SipMessage> messages, String request) {
        SipMessage response = messages.stream()
                .filter(message -> message.isResponseTo("INVITE") || message.isRequest("INVITE"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new LabException("the call has not been heard of yet"));
        return request + " sip:lab SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP lab\r\n"
                + "From: " + response.header("To").orElse("") + "\r\n"
                + "To: " + response.header("From").orElse("") + "\r\n"
                + "Call-ID: " + response.callId() + "\r\n"
                + "CSeq: 1 " + request + "\r\n"
                + "Content-Length: 0\r\n\r\n";
    }

    /** To a called scenario: the INVITE under another name, as SIPp answers with the headers of the last request. */
    static String callee(SipMessage invite, String request) {
        int body = invite.text().indexOf("\r\n\r\n");
        String head = invite.text().substring(0, body < 0 ? invite.text().length() : body);
        return head.replaceFirst("^INVITE ", request + " ")
                        .replaceAll("(?im)^Content-(Type|Length):.*\r?\n", "")
                        .replaceAll("(?im)\r?\n^Content-(Type|Length):.*$", "")
                + "\r\nContent-Length: 0\r\n\r\n";
    }
}
