/**
 * The toolkit that adapters share: an HTTP transport with deadlines, the effect rule in one place, and a JSON codec. For
 * adapters only; applications never need it.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.http;
