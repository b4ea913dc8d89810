package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Price lists on the command line")
class RatesCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void lists() throws IOException {
        shell = Shell.in(folder);
        Files.writeString(folder.resolve("a.csv"), "prefix,price\n1,0.012\n44,0.02\n");
        Files.writeString(folder.resolve("b.csv"), "Code;Rate\n1;0,010\n441;0,03\n");
        Files.writeString(folder.resolve("bad.csv"), "prefix,price\n1,0.01\nx,0.02\n44,cheap\n");
    }

    @Test
    @DisplayName("a right list is told by its size, and where somebody looks on by a bar")
    void right() {
        Ran ran = shell.run("rates", "check", "a.csv");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("2 rates, all right");
        assertThat(ran.err()).as("nobody is there").isEmpty();

        assertThat(shell.answering().run("rates", "check", "a.csv").err()).contains("[####", "100 %, 2 rows");
        assertThat(shell.answering().run("rates", "check", "a.csv", "--json").err())
                .isEmpty();
    }

    @Test
    @DisplayName("every bad row is told with its line")
    void bad() {
        Ran ran = shell.run("rates", "check", "bad.csv");
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out()).contains("line 3, prefix", "line 4, price", "2 bad rows");

        Ran json = shell.run("rates", "check", "bad.csv", "--json");
        assertThat(json.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(json.json().at("/badRows").asInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("another dialect is read when it is told, and refused when not")
    void dialect() {
        String[] told = {
            "rates",
            "check",
            "b.csv",
            "--separator",
            ";",
            "--decimal-comma",
            "--column",
            "prefix=Code",
            "--column",
            "price=Rate",
            "--increments",
            "6/6"
        };
        assertThat(shell.run(told).exit()).isZero();
        assertThat(shell.run("rates", "check", "b.csv").exit()).isEqualTo(ExitCode.FAILED);
        assertThat(shell.run("rates", "check", "none.csv").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("rates", "check", "a.csv", "--increments", "often").exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("rates", "check", "a.csv", "--currency", "dollars").exit())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    @DisplayName("a quote is told for each list, and an unknown price is said to be unknown")
    void quote() throws IOException {
        Files.writeString(folder.resolve("c.csv"), "prefix,price\n44,0.02\n");
        Ran ran =
                shell.run("quote", "--rates", "x=a.csv", "--rates", "y=c.csv", "--to", "+14165550100", "--talk", "61s");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("x", "0.024", "y", "price unknown");
        assertThat(shell.run("quote", "--rates", "x=bad.csv", "--to", "+14165550100")
                        .err())
                .contains("2 bad rows");
    }

    @Test
    @DisplayName("a route is explained: the cheapest first, and why the others are left out")
    void explain() throws IOException {
        Files.writeString(folder.resolve("cheap.csv"), "prefix,price\n1,0.01\n");
        String[] lists = {
            "route", "explain", "--rates", "x=a.csv", "--rates", "y=cheap.csv", "--from", "+14165550100", "--to"
        };
        Ran canada = shell.run(with(lists, "+14165550199", "--json"));
        assertThat(canada.exit()).as(canada.err()).isZero();
        assertThat(canada.json().at("/routes/0/route").asText()).isEqualTo("y");
        assertThat(canada.json().at("/routes/1/route").asText()).isEqualTo("x");

        Ran britain = shell.run(with(lists, "+442071838750"));
        assertThat(britain.exit()).isZero();
        assertThat(britain.out()).contains("1. x: expected 0.04", "not y: price is not known");

        Ran nowhere = shell.run(with(lists, "+33155550100", "--json"));
        assertThat(nowhere.exit()).isEqualTo(ExitCode.NO);
        assertThat(nowhere.json().at("/dropped/1/why").asText()).isEqualTo("PRICE_UNKNOWN");
    }

    @Test
    @DisplayName("priorities, a country and the dearest minute change the plan")
    void rules() {
        String[] lists = {
            "route",
            "explain",
            "--rates",
            "x=a.csv",
            "--rates",
            "y=a.csv",
            "--from",
            "+14165550100",
            "--to",
            "+14165550199"
        };
        assertThat(shell.run(with(lists, "--order", "priority", "--priority", "y=1"))
                        .out())
                .contains("1. y: priority 1");
        assertThat(shell.run(with(lists, "--only", "x=US")).out()).contains("not x: country CA");
        assertThat(shell.run(with(lists, "--most", "0.001USD")).exit()).isEqualTo(ExitCode.NO);
        assertThat(shell.run(with(lists, "--most", "0.001EUR")).exit()).isEqualTo(ExitCode.USAGE);
    }

    private static String[] with(String[] first, String... more) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
