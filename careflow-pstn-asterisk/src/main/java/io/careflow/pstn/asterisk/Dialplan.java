package io.careflow.pstn.asterisk;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dialplan that hands calls to the application and takes over when the application is not there. Include it in
 * {@code extensions.conf} and point the context of trunks at {@code careflow-inbound}.
 *
 * <p>{@code careflow-users} is the context of endpoints of our own users that register here and prove who they are with a password:
 * their calls arrive as {@link io.careflow.pstn.event.InboundCall} whose origin names the endpoint as the user. Only such endpoints
 * belong there.
 *
 * <p>{@code careflow-machine} judges who answered a call that was placed to tell that; it needs {@code app_amd}.
 *
 * <p>{@code careflow-dial} lets Asterisk's own Dial do the ringing once the application has decided: ringing, early media and
 * hang-ups of either side then work even while the application is away. {@code careflow-ended} leaves the end of every call
 * where an application that comes back finds it.
 *
 * <p>A user rings only if the contacts of all of the user's phones are harmless to dial: a phone that registers one with a
 * comma, an ampersand, a quote or a parenthesis makes its user absent.
 *
 * @param app the Stasis application's name: 1 to 40 letters, digits, dashes and underscores
 * @param fallback what happens to a call while the application is away: dialplan applications, such as
 *     {@code Playback(/var/prompts/sorry)}; the call is hung up afterwards
 */
public record Dialplan(String app, List<String> fallback) {
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    // The contacts of a user, ready for Dial. A phone chooses the text of its contact when it registers, so the text
    // may hold
    // what separates destinations or arguments. A bracket would also end the argument of a function too early,
    // therefore
    // functions get the name of what holds the text until brackets are gone.
    private static final Pattern CONTACTS = Pattern.compile("@CONTACTS ([^@]+)@");
    private static final String CONTACTS_OF = "${REPLACE(PJSIP_DIAL_CONTACTS($1),(),|)}";
    // 1 if CF_ONE holds nothing but contacts of this very user, in harmless characters, else 0; nothing if it cannot be
    // told.
    private static final Pattern SAFE = Pattern.compile("@SAFE ([^@]+)@");
    private static final String HARMLESS = "[A-Za-z0-9@:\\;=.+_~%!*/?-]|[[][A-Fa-f0-9:.]+[]]";
    private static final String SAFE_FOR =
            "${REGEX(\"^(&?#s?:(" + HARMLESS + ")+)+$\" ${STRREPLACE(CF_ONE,PJSIP/$1/sip,#)})}";
    private static final String CONTEXTS = """
            [careflow-inbound]
            exten => _[+0-9].,1,Set(CHANNEL(hangup_handler_push)=careflow-ended,s,1)
             same => n,GotoIf($["${CHANNEL(channeltype)}" = "PJSIP"]?:ask)
             same => n,Set(CF_SIGNED=${LEN(${PJSIP_HEADER(read,Identity,1)})})
             same => n(ask),Stasis(@APP@,inbound,${CALLERID(num-pres)},${CF_SIGNED},${CF_FROM})
             same => n,Goto(careflow-fallback,s,1)

            [careflow-users]
            exten => _[+0-9].,1,Set(CF_FROM=${CHANNEL(endpoint)})
             same => n,Set(CF_DIGITS=${FILTER(0-9+,${EXTEN})})
             same => n,GotoIf($[${LEN(${CF_DIGITS})} < 2]?denied)
             same => n,Goto(careflow-inbound,${CF_DIGITS},1)
             same => n(denied),Hangup(21)

            [careflow-fallback]
            @FALLBACK@
             same => n,Hangup(41)

            [careflow-dial]
            exten => user,1,Set(CF_ONE=@CONTACTS ${CUT(CAREFLOW_CALL,^,6):2}@)
             same => n,GotoIf($[0@SAFE ${CUT(CAREFLOW_CALL,^,6):2}@ & ${ISNULL(${CF_VALID})}]?:s,1)
             same => n,Dial(${CF_ONE},${CUT(CAREFLOW_CALL,^,3)},giL(${CUT(CAREFLOW_CALL,^,4)})U(careflow-up))
             same => n,Goto(s,dialled)
            exten => line,1,GotoIf(${ISNULL(${CF_VALID})}?:s,1)
             same => n,Dial(${CUT(CAREFLOW_CALL,^,6):2},${CUT(CAREFLOW_CALL,^,3)},giL(${CUT(CAREFLOW_CALL,^,4)})U(careflow-up))
             same => n,Goto(s,dialled)
            exten => s,1,Set(CF_UP=)
             same => n,Set(CF_REST=${CUT(CAREFLOW_CALL,^,6-)})
             same => n,Set(CF_TO=)
             same => n(next),GotoIf($[${LEN(${CF_REST})} = 0]?ready)
             same => n,Set(CF_ONE=${CUT(CF_REST,^,1)})
             same => n,Set(CF_REST=${CUT(CF_REST,^,2-)})
             same => n,GotoIf($["${CF_ONE:0:2}" = "p:"]?plain)
             same => n,Set(CF_USER=${CF_ONE:2})
             same => n,Set(CF_ONE=@CONTACTS ${CF_USER}@)
             same => n,GotoIf(@SAFE ${CF_USER}@?add:next)
             same => n(plain),Set(CF_ONE=${CF_ONE:2})
             same => n(add),Set(CF_TO=${CF_TO}${IF($[${LEN(${CF_TO})} > 0]?&:)}${CF_ONE})
             same => n,Goto(next)
             same => n(ready),GotoIf($[${LEN(${CF_TO})} = 0]?absent)
             same => n,GotoIf($[${LEN(${CUT(CAREFLOW_CALL,^,5)})} = 0]?own)
             same => n,GotoIf(${ISNULL(${CF_VALID})}?:show)
             same => n,Set(CF_OWN=${CALLERID(num)})
             same => n,Set(CF_VALID=${CALLERID(num-valid)})
             same => n(show),Set(CALLERID(num)=${CUT(CAREFLOW_CALL,^,5)})
             same => n,Goto(dial)
             same => n(own),GotoIf(${ISNULL(${CF_VALID})}?dial)
             same => n,Set(CALLERID(num)=${CF_OWN})
             same => n,Set(CALLERID(num-valid)=${CF_VALID})
             same => n,Set(CF_VALID=)
             same => n(dial),Dial(${CF_TO},${CUT(CAREFLOW_CALL,^,3)},giL(${CUT(CAREFLOW_CALL,^,4)})U(careflow-up))
             same => n(dialled),Stasis(@APP@,dialled,${DIALSTATUS},${HANGUPCAUSE},${CF_UP})
             same => n,Hangup()
             same => n(absent),Stasis(@APP@,dialled,CHANUNAVAIL,20,)
             same => n,Hangup(20)

            [careflow-up]
            exten => s,1,Set(MASTER_CHANNEL(CF_UP)=${STRFTIME(,,%s%3q)})
             same => n,Return()

            [careflow-machine]
            exten => s,1,AMD(2500,1500,800,5000,100,50,3,256,5000)
             same => n,Set(CF_TOLD=0)
             same => n(tell),Stasis(@APP@,judged,${AMDSTATUS},${AMDCAUSE})
             same => n,Set(CF_TOLD=$[${CF_TOLD} + 1])
             same => n,GotoIf($["${STASISSTATUS}" != "FAILED" | ${CF_TOLD} > 60]?over)
             same => n,Wait(1)
             same => n,Goto(tell)
             same => n(over),Hangup()

            [careflow-ended]
            exten => s,1,GotoIf($[${LEN(${CAREFLOW_CALL})} = 0]?done)
             same => n,Set(GLOBAL(CAREFLOW_END_@APP@_${CUT(CAREFLOW_CALL,^,1)})=${UNIQUEID}^${STRFTIME(,,%s%3q)}^${HANGUPCAUSE}^${DIALSTATUS}^${CF_UP}^${CUT(CAREFLOW_CALL,^,2)}^${CHANNEL(name)}^${CHANNEL(hangupsource)})
             same => n(done),Return()
            """;

    private static final String TEXT = expanded(expanded(CONTEXTS, CONTACTS, CONTACTS_OF), SAFE, SAFE_FOR);

    private static String expanded(String text, Pattern macro, String meaning) {
        return macro.matcher(text).replaceAll(match -> Matcher.quoteReplacement(meaning.replace("$1", match.group(1))));
    }

    /** Checks the application's name. */
    public Dialplan {
        if (!APP.matcher(app).matches()) {
            throw new IllegalArgumentException(
                    "application name '" + app + "' is not usable: 1 to 40 letters, digits, '-' and '_'");
        }
        for (String line : fallback) {
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw new IllegalArgumentException("a fallback application holds a line break; give one per entry");
            }
        }
        fallback = List.copyOf(fallback);
    }

    /** The text for {@code extensions.conf}. */
    public String render() {
        StringBuilder lines = new StringBuilder("exten => s,1,NoOp(the application is away)");
        for (String line : fallback) {
            lines.append("\n same => n,").append(line);
        }
        return TEXT.replace("@FALLBACK@", lines).replace("@APP@", app);
    }
}
