package io.careflow.pstn.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Builds a page. Every text is escaped here and nowhere else; tags are given by us. Not thread-safe. */
final class Html {
    private static final Pattern UNIT = Pattern.compile("(?<=[0-9/+]) (?=[A-Za-z0-9])|(?<=[0-9]) (?=/)");

    private final StringBuilder page = new StringBuilder();

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isShown(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** Controls are no text of HTML. */
    private static boolean isShown(int c) {
        return c == '\n' || c == '\t' || !(Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    }

    /** Markup that is ours. */
    Html raw(String markup) {
        page.append(markup);
        return this;
    }

    Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">\n");
    }

    Html paragraph(String style, String text) {
        return raw("<p class=\"" + style + "\">").text(text).raw("</p>\n");
    }

    Html text(String text) {
        return raw(escaped(text));
    }

    /** A number with what it is. */
    Html card(String style, String what, String value, String more) {
        raw("<div class=\"card " + style + "\">")
                .text(what)
                .raw("<b>")
                .text(value)
                .raw("</b>");
        return raw("<span class=\"small\">").text(more).raw("</span></div>\n");
    }

    /** A place for a chart; who cannot see it is sent to the table. */
    Html chart(String id, String label) {
        return raw("<div class=\"chart\"><canvas id=\"" + id + "\" role=\"img\" aria-label=\"")
                .text(label + ". The table that follows has the same figures.")
                .raw("\"></canvas></div>\n");
    }

    /**
     * A table whose first column names the rows. Columns without anything in them are left out.
     *
     * @param words titles of columns that hold sentences
     */
    Html table(String caption, List<String> titles, List<List<String>> rows, List<String> words) {
        List<Integer> used = IntStream.range(0, titles.size())
                .filter(at ->
                        at == 0 || rows.stream().anyMatch(row -> !row.get(at).isEmpty()))
                .boxed()
                .toList();
        raw("<table>\n<caption>").text(caption).raw("</caption>\n<thead><tr>");
        used.forEach(at -> raw("<th scope=\"col\"" + (words.contains(titles.get(at)) ? " class=\"words\"" : "") + ">")
                .text(titles.get(at))
                .raw("</th>"));
        raw("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            raw("<tr><th scope=\"row\"><bdi>").text(row.get(0)).raw("</bdi></th>");
            used.stream().skip(1).forEach(at -> cell(titles.get(at), row.get(at), words.contains(titles.get(at))));
            raw("</tr>\n");
        }
        return raw("</tbody>\n</table>\n");
    }

    private void cell(String title, String value, boolean words) {
        String style = value.isEmpty() ? " class=\"none\"" : words ? " class=\"words\"" : "";
        raw("<td" + style + " data-label=\"").text(title).raw("\">");
        raw("<bdi>").text(words ? value : unbroken(value)).raw("</bdi></td>");
    }

    /** A figure and its unit stay in one line; several of them may be broken between. */
    private static String unbroken(String value) {
        return UNIT.matcher(value).replaceAll("\u00A0");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
