package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SecretSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users that stand in a file: {@code 1001.password}, {@code 1001.displayName}, {@code 1001.callerId}, {@code 1001.browser}. A
 * password is itself there, and then the file belongs to its owner alone, or a reference.
 */
final class UsersFile {
    private static final Pattern KEY = Pattern.compile("(.+)\\.(password|displayName|callerId|browser)");
    private static final Pattern REFERENCE = Pattern.compile("(env|file):.*");

    private final Keys keys;
    private final SecretSource secrets;
    private final List<SipUser> users = new ArrayList<>();
    private boolean holdsPasswords;

    private UsersFile(Keys keys, SecretSource secrets) {
        this.keys = keys;
        this.secrets = secrets;
    }

    /**
     * Reads the users.
     *
     * @param problems is told what is wrong
     */
    static List<SipUser> read(Path path, SecretSource secrets, List<String> problems) {
        Map<String, String> values = KeysFile.read("users file", path);
        UsersFile file = new UsersFile(new Keys(values), secrets);
        TreeSet<String> names = new TreeSet<>();
        for (String key : values.keySet()) {
            Matcher form = KEY.matcher(key);
            if (form.matches()) {
                names.add(form.group(1));
            }
        }
        names.forEach(file::user);
        if (file.holdsPasswords && OwnerOnly.isOpenToOthers(path)) {
            file.keys.problem(
                    "users file", "holds passwords and can be read by others than its owner: chmod 600 " + path);
        }
        file.keys.problems().forEach(problem -> problems.add(path.getFileName() + ": " + problem));
        return file.users;
    }

    private void user(String name) {
        Optional<Secret> password = password(name + ".password");
        String display = keys.text(name + ".displayName").orElse(name);
        boolean browser = keys.flag(name + ".browser");
        Optional<PhoneNumber> callerId = keys.as(name + ".callerId", PhoneNumber::parse);
        password.flatMap(secret ->
                        keys.made(name, () -> new SipUser(name, display, secret, browser, callerId.orElse(null))))
                .ifPresent(users::add);
    }

    private Optional<Secret> password(String key) {
        Optional<String> text = keys.required(key, "a password, env:NAME_OF_VARIABLE or file:/absolute/path");
        if (text.isPresent() && !REFERENCE.matcher(text.get()).matches()) {
            holdsPasswords = true;
            return text.map(Secret::of);
        }
        return text.isEmpty() ? Optional.empty() : keys.made(key, () -> secrets.secret(new SecretRef(text.get())));
    }
}
