/** Benchmarks against named peers, on this machine's loopback addresses. Not published. */
@NullMarked
package io.careflow.pstn.benchmarks;

import org.jspecify.annotations.NullMarked;
