CREATE TABLE pstn_channel_leases (
    trunk      TEXT NOT NULL CHECK (length(trunk) BETWEEN 1 AND 200),
    holder     TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 200),
    direction  TEXT NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
    taken_at   TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    expires_at TIMESTAMPTZ(3) NOT NULL,
    PRIMARY KEY (trunk, holder)
);
CREATE INDEX pstn_channel_leases_holder ON pstn_channel_leases (holder);

COMMENT ON TABLE pstn_channel_leases IS 'Channels of SIP trunks in use, by all nodes; rows live as long as calls';
COMMENT ON COLUMN pstn_channel_leases.trunk IS 'The id of the trunk''s profile';
COMMENT ON COLUMN pstn_channel_leases.holder IS 'The call or leg that uses the channel';
COMMENT ON COLUMN pstn_channel_leases.expires_at IS 'From here on the row does not count; renewed while the call lives, by the clock of the database';
