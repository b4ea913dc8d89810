package io.careflow.pstn.examples.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundRoutingTest {
    private static final Path FOLDER = Path.of("src/main/java/io/careflow/pstn/examples/inbound");

    @Test
    void eachFileIsShortEnoughToBeReadAndCopied() throws IOException {
        assertThat(lines("InboundRouting.java")).hasSizeLessThan(150);
        assertThat(lines("Callbacks.java")).hasSizeLessThan(150);
        assertThat(lines("CallbackEndpoint.java")).hasSizeLessThan(150);
    }

    @Test
    void usesNothingThatIsNotPublished() throws IOException {
        List<String> imports = new ArrayList<>(lines("InboundRouting.java"));
        imports.addAll(lines("Callbacks.java"));
        imports.removeIf(line -> !line.startsWith("import io.careflow.pstn."));
        assertThat(imports).isNotEmpty().noneMatch(line -> line.contains(".lab.") || line.contains(".demo."));
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file));
    }
}
