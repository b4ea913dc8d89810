package io.careflow.pstn.jdbc.planted;

/** Something of another module. */
public final class ToJdbc {}
