package io.careflow.pstn.http.planted;

/** Something of another module. */
public final class ToHttp {}
