package io.careflow.pstn.report;

import io.careflow.pstn.cost.Comparison;
import io.careflow.pstn.cost.CostReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A web page of a cost report, a comparison, or both: one file that needs no network, reads on a phone and prints. Every chart is
 * followed by a table with the same figures. Names and numbers are escaped, and the page's own policy lets nothing run but the two
 * scripts that it was made with. Immutable and thread-safe; each {@code with} makes a new one.
 */
public final class CostPage {
    private final String title;
    private final @Nullable CostReport report;
    private final @Nullable Comparison comparison;

    private CostPage(String title, @Nullable CostReport report, @Nullable Comparison comparison) {
        this.title = title;
        this.report = report;
        this.comparison = comparison;
    }

    /** A page with nothing but its title. */
    public static CostPage titled(String title) {
        return new CostPage(title, null, null);
    }

    /** With this report. */
    public CostPage with(CostReport value) {
        return new CostPage(title, value, comparison);
    }

    /** With this comparison. */
    public CostPage with(Comparison value) {
        return new CostPage(title, report, value);
    }

    /** The page; to be written as UTF-8. */
    public String html() {
        Html body = new Html();
        List<Chart> charts = new ArrayList<>();
        body.element("h1", title);
        if (report != null) {
            new ReportSection(body, charts).add(report);
        }
        if (comparison != null) {
            new ComparisonSection(body, charts).add(comparison);
        }
        // Carriage returns are not kept by browsers, and the hash is of what they keep.
        String library = text("/" + chartFile()).replace("\r\n", "\n");
        String script = text("page.js");
        String policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" + hash(text("page.css"))
                + "'; script-src '" + hash(library) + "' '" + hash(script) + "'";
        return new Html()
                .raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .text(policy)
                .raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .text(title)
                .raw("</title>\n<style>" + text("page.css") + "</style>\n</head>\n<body>\n")
                .raw(body.toString())
                .raw("<script type=\"application/json\" id=\"charts\">" + ChartJson.of(charts) + "</script>\n")
                .raw("<script>" + library + "</script>\n<script>" + script + "</script>\n</body>\n</html>\n")
                .toString();
    }

    private static String chartFile() {
        Properties places = new Properties();
        try (InputStream file = open("chartjs.properties")) {
            places.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places.getProperty("file");
    }

    private static String text(String name) {
        try (InputStream file = open(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream file = CostPage.class.getResourceAsStream(name);
        if (file == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return file;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
