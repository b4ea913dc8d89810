/**
 * CDRs, numbers, users and rates in PostgreSQL 13 or later, and a disk spool for CDRs while the database is away. The way in is
 * {@link io.careflow.pstn.jdbc.PstnDatabase}.
 */
@org.jspecify.annotations.NullMarked
package io.careflow.pstn.jdbc;
