CREATE TABLE pstn_outbound (
    command     TEXT PRIMARY KEY CHECK (length(command) BETWEEN 1 AND 128),
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 100),
    state       TEXT NOT NULL CHECK (state IN ('OPENED', 'PLACED', 'IN_DOUBT', 'DENIED', 'ENDED')),
    provider    TEXT,
    call        TEXT,
    work_order  TEXT NOT NULL CHECK (length(work_order) <= 8000),
    because     TEXT NOT NULL CHECK (length(because) <= 1000),
    changed_at  TIMESTAMPTZ(3) NOT NULL,
    version     BIGINT NOT NULL CHECK (version > 0),
    CHECK ((provider IS NULL) = (call IS NULL))
);
CREATE UNIQUE INDEX pstn_outbound_call ON pstn_outbound (provider, call) WHERE call IS NOT NULL;
CREATE INDEX pstn_outbound_open ON pstn_outbound (changed_at) WHERE state NOT IN ('DENIED', 'ENDED');

COMMENT ON TABLE pstn_outbound IS 'Calls that users wanted, by the key of each wish: of all nodes that are given one, one places it';
COMMENT ON COLUMN pstn_outbound.command IS 'The caller''s key (CommandId)';
COMMENT ON COLUMN pstn_outbound.fingerprint IS 'Tells one wish from another under the same key';
COMMENT ON COLUMN pstn_outbound.state IS 'How far it got; DENIED and ENDED are final';
COMMENT ON COLUMN pstn_outbound.provider IS 'Whose call came of it (ProviderId); NULL: none is known';
COMMENT ON COLUMN pstn_outbound.call IS 'The provider''s id of the call; NULL: none is known';
COMMENT ON COLUMN pstn_outbound.work_order IS 'What was decided, in the desk''s own form; nothing else reads it';
COMMENT ON COLUMN pstn_outbound.because IS 'What happened, for people';
COMMENT ON COLUMN pstn_outbound.changed_at IS 'When the row was written last, by the clock of the node';
COMMENT ON COLUMN pstn_outbound.version IS 'Grows by one with every change; who changes names the version before';
