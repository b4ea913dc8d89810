/**
 * Cost reports and comparisons as a web page with charts, as CSV and as text; and the CSV files that they are made of: calls, numbers,
 * and what providers ask.
 */
@NullMarked
package io.careflow.pstn.report;

import org.jspecify.annotations.NullMarked;
