package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.siptrunk.TrunkMedia.Codec;
import java.util.List;
import java.util.stream.Collectors;

/** Codecs by Asterisk's names. */
final class Codecs {
    /** Of users: what every phone and browser has, and every trunk too, so that nothing needs to be converted. */
    static final String OF_USERS = of(List.of(Codec.PCMU, Codec.PCMA));

    private Codecs() {}

    static String of(List<Codec> codecs) {
        return codecs.stream().map(Codecs::name).collect(Collectors.joining(","));
    }

    /** Whether tones survive in the voice: only where it is not compressed. */
    static boolean carriesTones(TrunkMedia media) {
        return media.codecs().stream().allMatch(codec -> codec == Codec.PCMU || codec == Codec.PCMA);
    }

    private static String name(Codec codec) {
        return switch (codec) {
            case PCMU -> "ulaw";
            case PCMA -> "alaw";
            case G722 -> "g722";
            case G729 -> "g729";
            case GSM -> "gsm";
            case OPUS -> "opus";
        };
    }
}
