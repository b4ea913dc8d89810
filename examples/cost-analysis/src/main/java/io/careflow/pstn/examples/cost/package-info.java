/** An example: price lists, numbers and call records in; a cost report and a comparison of providers out. */
@NullMarked
package io.careflow.pstn.examples.cost;

import org.jspecify.annotations.NullMarked;
