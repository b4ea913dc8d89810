/** The snippets of the documents, compiled and run. Regions between {@code // snippet:} and {@code // end} are quoted. */
@org.jspecify.annotations.NullMarked
package io.careflow.guide;
