/** Call detail records: how they grow out of events in any order, and where they are kept. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.cdr;
