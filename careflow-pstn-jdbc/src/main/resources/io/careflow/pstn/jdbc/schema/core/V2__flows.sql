CREATE TABLE pstn_flows (
    provider TEXT NOT NULL,
    key      TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 300),
    version  BIGINT NOT NULL CHECK (version > 0),
    text     TEXT NOT NULL,
    wake_at  TIMESTAMPTZ(3),
    saved_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, key)
);
CREATE INDEX pstn_flows_wake ON pstn_flows (provider, wake_at) WHERE wake_at IS NOT NULL;

COMMENT ON TABLE pstn_flows IS 'How far calls are in their flows, at carriers that remember nothing for us; rows live as long as calls';
COMMENT ON COLUMN pstn_flows.provider IS 'Who controls the call (ProviderId)';
COMMENT ON COLUMN pstn_flows.key IS 'The provider''s name for the entry';
COMMENT ON COLUMN pstn_flows.version IS 'Grows by one with every save; who saves names the version that was read';
COMMENT ON COLUMN pstn_flows.text IS 'The provider''s own text; nothing else reads it';
COMMENT ON COLUMN pstn_flows.wake_at IS 'When the provider looks at it again whatever happens; NULL: never';
COMMENT ON COLUMN pstn_flows.saved_at IS 'When the row was written last, by the clock of the database';
