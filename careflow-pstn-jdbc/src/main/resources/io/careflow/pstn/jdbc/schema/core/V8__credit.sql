CREATE TABLE pstn_credit_accounts (
    number       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant       TEXT NOT NULL CHECK (length(tenant) BETWEEN 1 AND 64),
    id           TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 128),
    currency     TEXT NOT NULL CHECK (length(currency) = 3),
    mode         TEXT NOT NULL CHECK (mode IN ('PREPAID', 'POSTPAID')),
    credit_limit NUMERIC(20, 10) NOT NULL CHECK (credit_limit >= 0),
    status       TEXT NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'CLOSED')),
    booked       NUMERIC(20, 10) NOT NULL DEFAULT 0,
    held         NUMERIC(20, 10) NOT NULL DEFAULT 0 CHECK (held >= 0),
    beyond       NUMERIC(20, 10) NOT NULL DEFAULT 0 CHECK (beyond >= 0),
    opened_at    TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (tenant, id),
    CONSTRAINT pstn_credit_limit_of_mode CHECK (mode = 'POSTPAID' OR credit_limit = 0),
    CONSTRAINT pstn_credit_never_overspent CHECK (booked + credit_limit + beyond - held >= 0)
) WITH (fillfactor = 70);

COMMENT ON TABLE pstn_credit_accounts IS 'Who pays, and how the account stands: sums of the entries and of the holds, kept beside them so that the database itself refuses to spend more';
COMMENT ON COLUMN pstn_credit_accounts.number IS 'The key by which entries and holds name the account';
COMMENT ON COLUMN pstn_credit_accounts.mode IS 'PREPAID: never below zero; POSTPAID: down to minus credit_limit';
COMMENT ON COLUMN pstn_credit_accounts.booked IS 'The sum of the account''s entries';
COMMENT ON COLUMN pstn_credit_accounts.held IS 'The sum of the account''s holds whose state is HELD, also of those whose lease ran out and that nobody swept yet';
COMMENT ON COLUMN pstn_credit_accounts.beyond IS 'By how much the account was over its limit when that was lowered; falls as it is paid, nothing is reserved meanwhile';

CREATE TABLE pstn_credit_entries (
    account     BIGINT NOT NULL REFERENCES pstn_credit_accounts (number),
    number      BIGINT GENERATED ALWAYS AS IDENTITY,
    kind        TEXT NOT NULL CHECK (kind IN ('PAYMENT', 'ADJUSTMENT', 'SETTLEMENT')),
    reference   TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 128),
    amount      NUMERIC(20, 10) NOT NULL,
    uncovered   NUMERIC(20, 10) NOT NULL DEFAULT 0 CHECK (uncovered >= 0),
    explanation TEXT NOT NULL,
    made_at     TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account, number),
    CONSTRAINT pstn_credit_entries_once UNIQUE (reference, kind),
    CONSTRAINT pstn_credit_entries_sign CHECK (CASE kind WHEN 'PAYMENT' THEN amount > 0 WHEN 'SETTLEMENT' THEN amount <= 0 ELSE amount <> 0 END),
    CONSTRAINT pstn_credit_entries_uncovered CHECK (kind = 'SETTLEMENT' OR uncovered = 0)
);

COMMENT ON TABLE pstn_credit_entries IS 'The ledger: every movement of money, written once. A trigger refuses changes; an error is put right by an ADJUSTMENT';
COMMENT ON COLUMN pstn_credit_entries.reference IS 'The command that paid or adjusted, or the hold that was settled; once for each kind';
COMMENT ON COLUMN pstn_credit_entries.amount IS 'In the account''s currency; what was taken is negative';
COMMENT ON COLUMN pstn_credit_entries.uncovered IS 'What the call cost beyond what could be taken; in no balance';

CREATE FUNCTION pstn_credit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the ledger are never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER pstn_credit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON pstn_credit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION pstn_credit_entries_stay();

CREATE TABLE pstn_credit_holds (
    id         TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 128),
    account    BIGINT NOT NULL REFERENCES pstn_credit_accounts (number),
    state      TEXT NOT NULL DEFAULT 'HELD' CHECK (state IN ('HELD', 'SETTLED', 'RELEASED', 'EXPIRED')),
    asked      NUMERIC(20, 10) NOT NULL CHECK (asked >= 0),
    amount     NUMERIC(20, 10) NOT NULL CHECK (amount >= asked),
    cost       NUMERIC(20, 10) CHECK (cost >= 0),
    taken      NUMERIC(20, 10) CHECK (taken BETWEEN 0 AND least(cost, amount)),
    purpose    TEXT NOT NULL,
    made_at    TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    expires_at TIMESTAMPTZ(3) NOT NULL,
    over_at    TIMESTAMPTZ(3),
    because    TEXT,
    CONSTRAINT pstn_credit_holds_settled CHECK ((state = 'SETTLED') = (cost IS NOT NULL) AND (cost IS NULL) = (taken IS NULL)),
    CONSTRAINT pstn_credit_holds_over CHECK ((state = 'HELD') = (over_at IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX pstn_credit_holds_live ON pstn_credit_holds (account, expires_at) WHERE state = 'HELD';

COMMENT ON TABLE pstn_credit_holds IS 'Money set aside for calls and messages; the row stays when they are over, so that none is settled twice';
COMMENT ON COLUMN pstn_credit_holds.id IS 'The caller''s key';
COMMENT ON COLUMN pstn_credit_holds.asked IS 'What was asked for first';
COMMENT ON COLUMN pstn_credit_holds.amount IS 'What is held in all, with what was added since';
COMMENT ON COLUMN pstn_credit_holds.cost IS 'What it cost in the end; NULL: not settled';
COMMENT ON COLUMN pstn_credit_holds.taken IS 'What of the cost was taken from the account';
COMMENT ON COLUMN pstn_credit_holds.expires_at IS 'From here on the hold does not count; by the clock of the database';
COMMENT ON COLUMN pstn_credit_holds.because IS 'Why it was released';

-- Each function is one step. Whoever changes the state of a hold has the row of its account locked; renewing alone has not.

CREATE FUNCTION pstn_credit_lapse(p_account BIGINT, p_moment TIMESTAMPTZ) RETURNS INTEGER LANGUAGE plpgsql AS $$
DECLARE
    v_sum NUMERIC; v_count INTEGER;
BEGIN
    WITH gone AS (
        UPDATE pstn_credit_holds SET state = 'EXPIRED', over_at = p_moment
        WHERE account = p_account AND state = 'HELD' AND expires_at <= p_moment RETURNING amount)
    SELECT coalesce(sum(amount), 0), count(*) INTO v_sum, v_count FROM gone;
    IF v_count > 0 THEN
        UPDATE pstn_credit_accounts SET held = held - v_sum,
            beyond = least(beyond, greatest(0, held - v_sum - booked - credit_limit))
        WHERE number = p_account;
    END IF;
    RETURN v_count;
END $$;

CREATE FUNCTION pstn_credit_sweep(p_most INTEGER) RETURNS INTEGER LANGUAGE plpgsql AS $$
DECLARE
    v_moment TIMESTAMPTZ := clock_timestamp(); v_account BIGINT; v_count INTEGER := 0;
BEGIN
    FOR v_account IN
        SELECT number FROM pstn_credit_accounts WHERE number IN (
            SELECT DISTINCT account FROM pstn_credit_holds WHERE state = 'HELD' AND expires_at <= v_moment LIMIT p_most)
        ORDER BY number FOR NO KEY UPDATE
    LOOP
        v_count := v_count + pstn_credit_lapse(v_account, v_moment);
    END LOOP;
    RETURN v_count;
END $$;

CREATE FUNCTION pstn_credit_reserve(p_id TEXT, p_tenant TEXT, p_account TEXT, p_currency TEXT, p_amount NUMERIC, p_lease BIGINT,
    p_purpose TEXT, OUT o_outcome TEXT, OUT o_amount NUMERIC, OUT o_until TIMESTAMPTZ, OUT o_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
    v_number BIGINT; v_account pstn_credit_accounts; v_hold pstn_credit_holds; v_moment TIMESTAMPTZ;
BEGIN
    FOR v_try IN 1..2 LOOP
        UPDATE pstn_credit_accounts a SET held = a.held + p_amount
        WHERE a.tenant = p_tenant AND a.id = p_account AND a.status = 'OPEN' AND a.currency = p_currency
            AND (p_amount = 0 OR a.booked + a.credit_limit - a.held >= p_amount)
        RETURNING a.number INTO v_number;
        IF FOUND THEN
            v_moment := clock_timestamp();
            INSERT INTO pstn_credit_holds AS h (id, account, asked, amount, purpose, expires_at)
            VALUES (p_id, v_number, p_amount, p_amount, p_purpose, v_moment + p_lease * interval '1 millisecond')
            ON CONFLICT (id) DO NOTHING RETURNING h.expires_at INTO o_until;
            IF FOUND THEN
                o_outcome := 'HELD'; o_amount := p_amount; o_currency := p_currency;
                RETURN;
            END IF;
            UPDATE pstn_credit_accounts a SET held = a.held - p_amount WHERE a.number = v_number;
        END IF;
        SELECT * INTO v_account FROM pstn_credit_accounts a WHERE a.tenant = p_tenant AND a.id = p_account FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            o_outcome := 'NO_ACCOUNT'; RETURN;
        END IF;
        o_currency := v_account.currency;
        v_moment := clock_timestamp();
        SELECT * INTO v_hold FROM pstn_credit_holds h WHERE h.id = p_id;
        IF FOUND THEN
            o_amount := v_hold.amount; o_until := v_hold.expires_at;
            o_outcome := CASE WHEN v_hold.account <> v_account.number OR v_hold.asked <> p_amount OR o_currency <> p_currency
                                THEN 'OTHER_TERMS'
                            WHEN v_hold.state = 'HELD' AND v_hold.expires_at > v_moment THEN 'HELD'
                            ELSE 'OVER' END;
            RETURN;
        END IF;
        o_outcome := CASE WHEN o_currency <> p_currency THEN 'CURRENCY' WHEN v_account.status <> 'OPEN' THEN 'CLOSED'
                        ELSE 'NOT_ENOUGH' END;
        o_amount := v_account.booked + v_account.credit_limit - v_account.held;
        IF o_outcome <> 'NOT_ENOUGH' OR pstn_credit_lapse(v_account.number, v_moment) = 0 THEN
            RETURN;
        END IF;
    END LOOP;
    SELECT a.booked + a.credit_limit - a.held INTO o_amount FROM pstn_credit_accounts a WHERE a.number = v_account.number;
END $$;

CREATE FUNCTION pstn_credit_extend(p_id TEXT, p_currency TEXT, p_more NUMERIC, p_lease BIGINT,
    OUT o_outcome TEXT, OUT o_amount NUMERIC, OUT o_until TIMESTAMPTZ, OUT o_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
    v_account pstn_credit_accounts; v_hold pstn_credit_holds; v_moment TIMESTAMPTZ; v_unused INTEGER;
BEGIN
    SELECT * INTO v_account FROM pstn_credit_accounts a
    WHERE a.number = (SELECT h.account FROM pstn_credit_holds h WHERE h.id = p_id) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        o_outcome := 'NO_HOLD'; RETURN;
    END IF;
    o_currency := v_account.currency;
    v_moment := clock_timestamp();
    SELECT * INTO v_hold FROM pstn_credit_holds h WHERE h.id = p_id FOR NO KEY UPDATE;
    IF o_currency <> p_currency THEN
        o_outcome := 'CURRENCY'; RETURN;
    END IF;
    IF v_hold.state <> 'HELD' OR v_hold.expires_at <= v_moment THEN
        o_outcome := 'OVER'; RETURN;
    END IF;
    IF p_more > 0 AND v_account.status <> 'OPEN' THEN
        o_outcome := 'CLOSED'; RETURN;
    END IF;
    v_unused := pstn_credit_lapse(v_account.number, v_moment);
    UPDATE pstn_credit_accounts a SET held = a.held + p_more
    WHERE a.number = v_account.number AND (p_more = 0 OR a.booked + a.credit_limit - a.held >= p_more);
    IF NOT FOUND THEN
        o_outcome := 'NOT_ENOUGH';
        SELECT a.booked + a.credit_limit - a.held INTO o_amount FROM pstn_credit_accounts a WHERE a.number = v_account.number;
        RETURN;
    END IF;
    UPDATE pstn_credit_holds h SET amount = h.amount + p_more, expires_at = v_moment + p_lease * interval '1 millisecond'
    WHERE h.id = p_id RETURNING h.amount, h.expires_at INTO o_amount, o_until;
    o_outcome := 'HELD';
END $$;

CREATE FUNCTION pstn_credit_settle(p_id TEXT, p_currency TEXT, p_cost NUMERIC, p_explanation TEXT,
    OUT o_outcome TEXT, OUT o_taken NUMERIC) LANGUAGE plpgsql AS $$
DECLARE
    v_account pstn_credit_accounts; v_hold pstn_credit_holds; v_moment TIMESTAMPTZ; v_freed NUMERIC; v_unused INTEGER;
BEGIN
    SELECT * INTO v_account FROM pstn_credit_accounts a
    WHERE a.number = (SELECT h.account FROM pstn_credit_holds h WHERE h.id = p_id) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        o_outcome := 'NO_HOLD'; RETURN;
    END IF;
    SELECT * INTO v_hold FROM pstn_credit_holds h WHERE h.id = p_id FOR NO KEY UPDATE;
    IF v_account.currency <> p_currency THEN
        o_outcome := 'CURRENCY'; RETURN;
    END IF;
    IF v_hold.state = 'SETTLED' THEN
        o_taken := v_hold.taken;
        o_outcome := CASE WHEN v_hold.cost = p_cost THEN 'REPEATED' ELSE 'OTHER_AMOUNT' END;
        RETURN;
    END IF;
    v_moment := clock_timestamp();
    IF v_hold.state = 'HELD' THEN
        v_freed := v_hold.amount;
        o_taken := least(p_cost, v_hold.amount);
    ELSE
        v_unused := pstn_credit_lapse(v_account.number, v_moment);
        SELECT * INTO v_account FROM pstn_credit_accounts a WHERE a.number = v_account.number;
        v_freed := 0;
        o_taken := greatest(0, least(p_cost, v_hold.amount, v_account.booked + v_account.credit_limit - v_account.held));
    END IF;
    UPDATE pstn_credit_accounts a SET booked = a.booked - o_taken, held = a.held - v_freed,
        beyond = CASE WHEN a.beyond = 0 THEN 0
            ELSE least(a.beyond, greatest(0, a.held - v_freed - a.booked + o_taken - a.credit_limit)) END WHERE a.number = v_account.number;
    UPDATE pstn_credit_holds h SET state = 'SETTLED', cost = p_cost, taken = o_taken, over_at = v_moment
    WHERE h.id = p_id;
    INSERT INTO pstn_credit_entries (account, kind, reference, amount, uncovered, explanation)
    VALUES (v_account.number, 'SETTLEMENT', p_id, -o_taken, p_cost - o_taken, p_explanation);
    o_outcome := 'SETTLED';
END $$;

CREATE FUNCTION pstn_credit_release(p_id TEXT, p_because TEXT) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
    v_account BIGINT; v_amount NUMERIC;
BEGIN
    SELECT a.number INTO v_account FROM pstn_credit_accounts a
    WHERE a.number = (SELECT h.account FROM pstn_credit_holds h WHERE h.id = p_id) FOR NO KEY UPDATE;
    UPDATE pstn_credit_holds SET state = 'RELEASED', over_at = clock_timestamp(), because = p_because
    WHERE id = p_id AND state = 'HELD' RETURNING amount INTO v_amount;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE pstn_credit_accounts SET held = held - v_amount,
        beyond = least(beyond, greatest(0, held - v_amount - booked - credit_limit)) WHERE number = v_account;
    RETURN true;
END $$;

CREATE FUNCTION pstn_credit_book(p_tenant TEXT, p_account TEXT, p_kind TEXT, p_reference TEXT, p_currency TEXT, p_amount NUMERIC,
    p_explanation TEXT, OUT o_outcome TEXT, OUT o_amount NUMERIC, OUT o_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
    v_account pstn_credit_accounts; v_entry pstn_credit_entries; v_unused INTEGER;
BEGIN
    SELECT * INTO v_account FROM pstn_credit_accounts a WHERE a.tenant = p_tenant AND a.id = p_account FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        o_outcome := 'NO_ACCOUNT'; RETURN;
    END IF;
    o_currency := v_account.currency;
    SELECT * INTO v_entry FROM pstn_credit_entries e WHERE e.reference = p_reference AND e.kind = p_kind;
    IF FOUND THEN
        o_outcome := CASE WHEN v_entry.account = v_account.number AND v_entry.amount = p_amount AND o_currency = p_currency
            THEN 'REPEATED' ELSE 'OTHER_TERMS' END;
        RETURN;
    END IF;
    IF o_currency <> p_currency THEN
        o_outcome := 'CURRENCY'; RETURN;
    END IF;
    IF v_account.status <> 'OPEN' AND p_amount > 0 THEN
        o_outcome := 'CLOSED'; RETURN;
    END IF;
    v_unused := pstn_credit_lapse(v_account.number, clock_timestamp());
    UPDATE pstn_credit_accounts a SET booked = a.booked + p_amount,
        beyond = least(a.beyond, greatest(0, a.held - a.booked - p_amount - a.credit_limit))
    WHERE a.number = v_account.number AND (p_amount > 0 OR a.booked + a.credit_limit - a.held >= -p_amount);
    IF NOT FOUND THEN
        o_outcome := 'NOT_ENOUGH';
        SELECT a.booked + a.credit_limit - a.held INTO o_amount FROM pstn_credit_accounts a WHERE a.number = v_account.number;
        RETURN;
    END IF;
    INSERT INTO pstn_credit_entries (account, kind, reference, amount, explanation)
    VALUES (v_account.number, p_kind, p_reference, p_amount, p_explanation);
    o_outcome := 'BOOKED';
END $$;
