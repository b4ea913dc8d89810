package io.careflow.pstn.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How the application is asked for a callback: over HTTP, as a web page or an app of the user's would ask it. */
final class Wish {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final URI address;
    private final String token;

    Wish(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** What the application says to it. */
    record Answer(int status, String text) {}

    /** Asks once. */
    Answer ask(String command, String careFlowId, String destination, String shown) {
        String form = "command=" + coded(command) + "&user=" + coded(careFlowId) + "&to=" + coded(destination)
                + "&from=" + coded(shown);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body().strip());
        } catch (IOException e) {
            throw new Broken("the application to answer the wish for a callback", String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("time to ask for a callback", "interrupted", e);
        }
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
