package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The few questions that the laboratory itself asks over ARI. */
final class Ari {

    private final URI base;
    private final String authorization;

    Ari(URI base, String user, String password) {
        this.base = base;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    boolean answers() {
        try {
            get("asterisk/ping");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Length of the JSON array that the resource is. */
    int count(String resource) {
        try {
            return elements(get(resource));
        } catch (IOException e) {
            throw new LabException("ARI does not answer " + resource + ": " + e.getMessage(), e);
        }
    }

    private String get(String resource) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + "/" + resource).toURL().openConnection();
        connection.setConnectTimeout(1_000);
        connection.setReadTimeout(5_000);
        connection.setRequestProperty("Authorization", authorization);
        connection.setRequestProperty("Connection", "close");
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static int elements(String json) {
        int depth = 0;
        int objects = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                if (c == '{' && depth == 1) {
                    objects++;
                }
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return objects;
    }
}
