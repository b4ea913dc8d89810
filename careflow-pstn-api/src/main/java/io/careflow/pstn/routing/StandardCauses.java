package io.careflow.pstn.routing;

import io.careflow.pstn.call.NeutralCause;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of causes: source, neutral cause, failover class, codes. Q.850 and SIP after RFC 3398, RFC 4497 and what
 * Asterisk and FreeSWITCH do; the carriers' words after their documentation. Where stacks disagree, what a trunk means by it
 * decides: a 403 is about our account, not about the callee.
 */
final class StandardCauses {
    private static final String LINES = """
            q850 UNALLOCATED FINAL 1
            q850 NO_ROUTE NEXT 2 3 14
            q850 INVALID_NUMBER FINAL 5 28
            q850 CONGESTION NEXT 6 34 42 44 47
            q850 COMPLETED FINAL 7 16
            q850 TEMPORARY_FAILURE NEXT 8 38 41
            q850 BUSY FINAL 17
            q850 NO_ANSWER NEXT_BEFORE_18X 18
            q850 NO_ANSWER FINAL 19
            q850 UNREACHABLE FINAL 20
            q850 REJECTED FINAL 21
            q850 NUMBER_CHANGED FINAL 22
            q850 REDIRECTED FINAL 23
            q850 LOOP NEXT 25
            q850 ANSWERED_ELSEWHERE FINAL 26
            q850 UNREACHABLE NEXT 27
            q850 UNSUPPORTED NEXT 29 66 69 79
            q850 UNSPECIFIED FINAL 30
            q850 UNSPECIFIED NEXT_BEFORE_18X 31 127
            q850 PROTOCOL_ERROR NEXT 43 81 95 96 97 98 99 100 101 103 111
            q850 BARRED CONFIG 50 52 57
            q850 BARRED FINAL 54 55 87
            q850 INCOMPATIBLE_MEDIA NEXT 58 65 70 88
            q850 TIMEOUT NEXT 102
            sip REDIRECTED FINAL 300 302
            sip NUMBER_CHANGED FINAL 301 410
            sip PROTOCOL_ERROR NEXT 400 405 411 413 414 416 420 421 422 423 493 505 513
            sip AUTH_FAILED CONFIG 401 407
            sip PAYMENT CONFIG 402
            sip BARRED CONFIG 403
            sip UNALLOCATED FINAL 404 604
            sip INCOMPATIBLE_MEDIA NEXT 406 415 488 580
            sip TIMEOUT NEXT_BEFORE_18X 408
            sip TEMPORARY_FAILURE NEXT 409 500 502
            sip IDENTITY CONFIG 428 429 436 437 438
            sip BARRED FINAL 433
            sip UNREACHABLE NEXT_BEFORE_18X 480
            sip PROTOCOL_ERROR FINAL 481
            sip LOOP NEXT 482 483
            sip INVALID_NUMBER FINAL 484 485
            sip BUSY FINAL 486 600
            sip CANCELED FINAL 487
            sip TEMPORARY_FAILURE LATER 491
            sip UNSUPPORTED NEXT 501
            sip CONGESTION NEXT 503
            sip TIMEOUT NEXT 504
            sip REJECTED FINAL 603
            sip INCOMPATIBLE_MEDIA FINAL 606
            sip BLOCKED FINAL 607 608
            twilio_status NOT_OVER NOT_OVER queued initiated ringing in-progress
            twilio_status COMPLETED FINAL completed
            twilio_status BUSY FINAL busy
            twilio_status NO_ANSWER FINAL no-answer
            twilio_status CANCELED FINAL canceled
            twilio_status FAILED BY_SIP_CODE failed
            twilio_error ACCOUNT CONFIG 10001
            twilio_error LIMIT LATER 10004 20429
            twilio_error BLOCKED FINAL 21202 21216 32216
            twilio_error BARRED CONFIG 21203 21215
            twilio_error CALLER_ID CONFIG 21210 21212
            twilio_error INVALID_NUMBER FINAL 21211 21217
            twilio_error UNREACHABLE NEXT 21214
            twilio_error TIME_LIMIT FINAL 32015
            telnyx_hangup_cause COMPLETED FINAL normal_clearing time_limit
            telnyx_hangup_cause CANCELED FINAL originator_cancel
            telnyx_hangup_cause NO_ANSWER FINAL timeout no_answer
            telnyx_hangup_cause BUSY FINAL user_busy
            telnyx_hangup_cause REJECTED BY_SIP_CODE call_rejected
            telnyx_hangup_cause UNALLOCATED FINAL not_found
            telnyx_hangup_cause FAILED BY_SIP_CODE unspecified
            telnyx_d_code LIMIT LATER D1 D2 D3
            telnyx_d_code CONFIG CONFIG D7 D38
            telnyx_d_code PAYMENT CONFIG D19
            telnyx_d_code BLOCKED FINAL D24 D41
            telnyx_d_code CALLER_ID CONFIG D35 D36 D51
            telnyx_d_code BARRED CONFIG D60 D61 D64 D65
            telnyx_error LIMIT LATER 90041 90042 90043 90103
            asterisk_dialstatus COMPLETED FINAL ANSWER
            asterisk_dialstatus BUSY FINAL BUSY
            asterisk_dialstatus NO_ANSWER FINAL NOANSWER
            asterisk_dialstatus CANCELED FINAL CANCEL
            asterisk_dialstatus CONGESTION NEXT CONGESTION
            asterisk_dialstatus FAILED BY_HANGUPCAUSE CHANUNAVAIL
            asterisk_dialstatus REJECTED FINAL DONTCALL TORTURE
            asterisk_dialstatus INVALID_REQUEST FINAL INVALIDARGS
            """;

    private StandardCauses() {}

    static Map<CauseKey, CauseVerdict> all() {
        Map<CauseKey, CauseVerdict> all = new LinkedHashMap<>();
        LINES.lines().map(line -> line.split(" ", -1)).forEach(words -> {
            CauseVerdict verdict = new CauseVerdict(NeutralCause.valueOf(words[1]), FailoverClass.valueOf(words[2]));
            for (int i = 3; i < words.length; i++) {
                if (all.put(new CauseKey(words[0], words[i]), verdict) != null) {
                    throw new AssertionError("twice in the table: " + words[0] + " " + words[i]);
                }
            }
        });
        return all;
    }
}
