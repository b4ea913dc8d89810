/** The command {@code pstn}: {@link io.careflow.pstn.cli.Main}. A program, not a library: its interface is what is typed. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.cli;
