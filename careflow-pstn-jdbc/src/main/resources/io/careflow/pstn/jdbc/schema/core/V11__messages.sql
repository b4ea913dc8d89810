CREATE TABLE pstn_messages (
    command     TEXT PRIMARY KEY CHECK (length(command) BETWEEN 1 AND 128),
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 100),
    tenant      TEXT NOT NULL,
    user_id     TEXT NOT NULL CHECK (length(user_id) BETWEEN 1 AND 128),
    sender      TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('OPENED', 'SENDING', 'SENT', 'IN_DOUBT', 'SETTLED', 'DENIED', 'NOT_PAID',
                                               'OPTED_OUT', 'FAILED', 'UNRESOLVED')),
    provider    TEXT,
    message     TEXT,
    encoding    TEXT,
    units       INTEGER CHECK (units >= 0),
    parts       INTEGER CHECK (parts > 0),
    part_price  NUMERIC(20, 10) CHECK (part_price >= 0),
    currency    TEXT,
    ticket      TEXT,
    detail      TEXT NOT NULL CHECK (length(detail) <= 1000),
    because     TEXT NOT NULL CHECK (length(because) <= 1000),
    changed_at  TIMESTAMPTZ(3) NOT NULL,
    version     BIGINT NOT NULL CHECK (version > 0),
    CHECK ((provider IS NULL) = (message IS NULL)),
    CHECK (num_nulls(encoding, units, parts, part_price, currency) IN (0, 5)),
    CHECK (state NOT IN ('SENT', 'SETTLED') OR (message IS NOT NULL AND parts IS NOT NULL))
);
CREATE UNIQUE INDEX pstn_messages_message ON pstn_messages (provider, message) WHERE message IS NOT NULL;
CREATE INDEX pstn_messages_open ON pstn_messages (state, changed_at)
    WHERE state IN ('OPENED', 'SENDING', 'SENT', 'IN_DOUBT');

COMMENT ON TABLE pstn_messages IS 'Texts that users wanted, by the key of each wish: of all nodes that are given one, one sends it. What they say is not kept';
COMMENT ON COLUMN pstn_messages.command IS 'The caller''s key (CommandId)';
COMMENT ON COLUMN pstn_messages.fingerprint IS 'Tells one wish from another under the same key';
COMMENT ON COLUMN pstn_messages.user_id IS 'Who pays, by the application''s key';
COMMENT ON COLUMN pstn_messages.sender IS 'Our number';
COMMENT ON COLUMN pstn_messages.state IS 'How far it got; OPENED, SENDING, SENT and IN_DOUBT are not final';
COMMENT ON COLUMN pstn_messages.message IS 'The provider''s id of the message; NULL: none is known';
COMMENT ON COLUMN pstn_messages.parts IS 'How many parts were quoted; NULL: it never came to that';
COMMENT ON COLUMN pstn_messages.part_price IS 'What a part was quoted at, in currency';
COMMENT ON COLUMN pstn_messages.ticket IS 'What the guard counted, in its own form; NULL: nothing';
COMMENT ON COLUMN pstn_messages.detail IS 'By state: rules that refused, what was available, what it came to';
COMMENT ON COLUMN pstn_messages.because IS 'What happened, for people';
COMMENT ON COLUMN pstn_messages.changed_at IS 'When the row was written last, by the clock of the node';
COMMENT ON COLUMN pstn_messages.version IS 'Grows by one with every change; who changes names the version before';

CREATE TABLE pstn_opt_outs (
    sender    TEXT NOT NULL,
    recipient TEXT NOT NULL,
    opted_out BOOLEAN NOT NULL,
    source    TEXT NOT NULL CHECK (source IN ('RECIPIENT', 'CARRIER', 'APPLICATION')),
    word      TEXT NOT NULL CHECK (length(word) <= 64),
    chosen_at TIMESTAMPTZ(3) NOT NULL,
    PRIMARY KEY (sender, recipient)
);

COMMENT ON TABLE pstn_opt_outs IS 'The last choice of each recipient about texts from each number of ours; rows are never deleted by the library';
COMMENT ON COLUMN pstn_opt_outs.opted_out IS 'true: no texts; false: texts again';
COMMENT ON COLUMN pstn_opt_outs.word IS 'What was said, such as STOP or the carrier''s code';
COMMENT ON COLUMN pstn_opt_outs.chosen_at IS 'When it was said; what was said later counts, whatever came first';
