package io.careflow.pstn.examples.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundRoutingTest {
    private static final Path SOURCE = Path.of("src/main/java/io/careflow/pstn/examples/inbound/InboundRouting.java");

    @Test
    void isShortEnoughToBeReadAndCopied() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThan(150);
    }

    @Test
    void usesNothingThatIsNotPublished() throws IOException {
        List<String> imports = Files.readAllLines(SOURCE).stream()
                .filter(line -> line.startsWith("import io.careflow.pstn."))
                .toList();
        assertThat(imports).isNotEmpty().noneMatch(line -> line.contains(".lab.") || line.contains(".demo."));
    }
}
