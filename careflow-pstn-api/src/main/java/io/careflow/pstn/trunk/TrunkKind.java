package io.careflow.pstn.trunk;

/** What a trunk is to its carrier. */
public enum TrunkKind {
    /** Plain SIP both ways: what we send is dialled, what is dialled is sent to us. */
    TRUNK,
    /** A SIP domain: phones and PBXs register there or call it, and each call asks a URL what to do. */
    DOMAIN
}
