CREATE TABLE sip_users (
    id          TEXT PRIMARY KEY CHECK (btrim(id) <> ''),
    tenant      TEXT NOT NULL DEFAULT 'default',
    careflow_id INTEGER NOT NULL CHECK (careflow_id BETWEEN 1 AND 9999999),
    name        TEXT NOT NULL,
    voicemail   BOOLEAN NOT NULL DEFAULT false,
    created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    UNIQUE (tenant, careflow_id)
);
COMMENT ON TABLE sip_users IS 'People who can be called. Made only where the application has no users table of its own';
COMMENT ON COLUMN sip_users.id IS 'The key of the application';
COMMENT ON COLUMN sip_users.careflow_id IS 'The id that callers type, as a number: 1 is written care4w-0000001';
COMMENT ON COLUMN sip_users.voicemail IS 'Whether callers may leave a message';

CREATE TABLE sip_endpoints (
    user_id  TEXT NOT NULL REFERENCES sip_users (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address  TEXT NOT NULL,
    PRIMARY KEY (user_id, position)
);
COMMENT ON TABLE sip_endpoints IS 'Where a user can be reached; all ring at once';
COMMENT ON COLUMN sip_endpoints.address IS 'sip:1001, sip:alice@example.org, or a number in E.164';

ALTER TABLE pstn_numbers
    ADD CONSTRAINT pstn_numbers_user_fk FOREIGN KEY (careflow_user_id) REFERENCES sip_users (id);
ALTER TABLE pstn_cdr
    ADD CONSTRAINT pstn_cdr_user_fk FOREIGN KEY (careflow_user_id) REFERENCES sip_users (id) ON DELETE SET NULL;
