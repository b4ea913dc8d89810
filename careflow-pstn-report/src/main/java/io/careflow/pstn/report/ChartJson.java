package io.careflow.pstn.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Charts as JSON that may stand within a script element: no text can end it, or begin anything else. */
final class ChartJson {
    private ChartJson() {}

    static String of(List<Chart> charts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setCharacterEscapes(new ForHtml());
            json.setHighestNonEscapedChar(126);
            json.writeStartArray();
            for (Chart chart : charts) {
                json.writeStartObject();
                json.writeStringField("id", chart.id());
                json.writeBooleanField("across", chart.across());
                json.writeStringField("unit", chart.unit());
                json.writeArrayFieldStart("labels");
                for (String label : chart.labels()) {
                    json.writeString(label);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("series");
                for (Chart.Series series : chart.series()) {
                    write(json, series);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Chart.Series series) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", series.name());
        json.writeNumberField("colour", series.colour());
        json.writeArrayFieldStart("values");
        for (BigDecimal value : series.values()) {
            json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static final class ForHtml extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            for (char c : new char[] {'<', '>', '&', '\''}) {
                escapes[c] = ESCAPE_STANDARD;
            }
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return null;
        }
    }
}
