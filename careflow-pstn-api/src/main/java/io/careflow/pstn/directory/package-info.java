/** Who is behind a CareFlow ID or a DID, and where they can be reached. */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.directory;
