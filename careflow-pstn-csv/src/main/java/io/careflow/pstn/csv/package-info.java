/** Rate decks from CSV files and to them: which column is what, how numbers and dates are written, and every row that is not right. */
@NullMarked
package io.careflow.pstn.csv;

import org.jspecify.annotations.NullMarked;
