package io.careflow.pstn.cli;

import java.util.List;
import java.util.Locale;

/**
 * A setting of one carrier.
 *
 * @param name as in a properties file, without the carrier: {@code account-sid}
 * @param required whether nothing works without it
 * @param secret whether it is never shown
 * @param meaning for people
 */
record SettingKey(String name, boolean required, boolean secret, String meaning) {
    static SettingKey required(String name, String meaning) {
        return new SettingKey(name, true, false, meaning);
    }

    static SettingKey optional(String name, String meaning) {
        return new SettingKey(name, false, false, meaning);
    }

    SettingKey kept() {
        return new SettingKey(name, required, true, meaning);
    }

    /** Its key in a properties file. */
    String property(String carrier) {
        return carrier + "." + name;
    }

    /** Its variables: the one that is ours, and the one that the carrier's own tools read. */
    List<String> variables(String carrier) {
        String plain =
                property(carrier).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return List.of("PSTN_" + plain, plain);
    }
}
