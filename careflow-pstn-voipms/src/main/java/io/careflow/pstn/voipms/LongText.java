package io.careflow.pstn.voipms;

/**
 * What becomes of a text of more than 160 characters: VoIP.ms neither takes it as one text message nor divides it. Set by
 * {@link VoipMsBuilder#longTexts}, or for one message by {@link VoipMsOptions#LONG_TEXT}.
 */
public enum LongText {
    /** It is refused before anything is sent. The default. */
    REFUSE,
    /**
     * It is divided between words into several messages, which the recipient's phone may show in any order. If one fails after
     * others were sent, the whole is in doubt and is not sent again.
     */
    SPLIT,
    /** It is sent as one multimedia message without media, which costs as one. */
    MMS
}
