-- Counters of one user, of one tenant or of everybody are one row, so that a decision locks and writes one row for each of them. What was
-- counted before this version is forgotten.
DROP FUNCTION pstn_guard_take, pstn_guard_take_all, pstn_guard_finish, pstn_guard_finish_all, pstn_guard_correct, pstn_guard_sweep,
    pstn_guard_lock, pstn_guard_slot;
DROP TABLE pstn_guard_counts, pstn_guard_members, pstn_guard_leases, pstn_guard_holders;

CREATE TABLE pstn_guard_scopes (
    scope     TEXT COLLATE "C" PRIMARY KEY CHECK (length(scope) BETWEEN 1 AND 200),
    counters  TEXT NOT NULL DEFAULT '',
    forget_at BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 50, toast_tuple_target = 8160);

COMMENT ON TABLE pstn_guard_scopes IS 'What guards count, a row for each user, tenant, caller, and for everybody; its lock makes them decide one after another';
COMMENT ON COLUMN pstn_guard_scopes.scope IS 'What the keys of its counters begin with, up to the second slash';
COMMENT ON COLUMN pstn_guard_scopes.counters IS 'A line for each counter, fields parted by tabs: W (window), A (at once) or D (different members); length of the window; when it counts no more; rest of the key; then slot=total for W, end of leases=number for A, seen=member for D. Times in milliseconds since 1970, slots in sixtieths of the window; \t, \n, \r and \\ stand for themselves in keys and members';
COMMENT ON COLUMN pstn_guard_scopes.forget_at IS 'When none of it counts any more, in milliseconds since 1970';

CREATE TABLE pstn_guard_holders (
    holder    TEXT COLLATE "C" PRIMARY KEY CHECK (length(holder) BETWEEN 1 AND 200),
    version   INTEGER NOT NULL DEFAULT 0,
    taken_at  BIGINT NOT NULL,
    ends_at   BIGINT NOT NULL,
    forget_at BIGINT NOT NULL,
    added     TEXT NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX pstn_guard_holders_forget ON pstn_guard_holders (forget_at);

COMMENT ON TABLE pstn_guard_holders IS 'What each call added, so that it adds it once and can be corrected and given back. Times in milliseconds since 1970';
COMMENT ON COLUMN pstn_guard_holders.ends_at IS 'When its leases run out; 0: it has none, or gave them back';
COMMENT ON COLUMN pstn_guard_holders.forget_at IS 'When none of it counts any more';
COMMENT ON COLUMN pstn_guard_holders.version IS 'Grows by one with every change; who changes names the version before';
COMMENT ON COLUMN pstn_guard_holders.added IS 'A line for each scope, fields parted by tabs: the scope; then Wwindow=weight=rest of the key, or A=rest of the key';

CREATE FUNCTION pstn_guard_moment() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$
    SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
$$;

-- The rows of these scopes, locked in one order until the transaction ends. What is not there is not locked.
CREATE FUNCTION pstn_guard_open(p_scopes TEXT[]) RETURNS TABLE (o_scope TEXT, o_counters TEXT, o_moment BIGINT) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT s.scope, s.counters, pstn_guard_moment() FROM (
        SELECT g.scope, g.counters FROM pstn_guard_scopes g WHERE g.scope = ANY (p_scopes) ORDER BY g.scope FOR NO KEY UPDATE) s;
END $$;

CREATE FUNCTION pstn_guard_sweep() RETURNS INTEGER LANGUAGE plpgsql AS $$
DECLARE
    v_moment BIGINT := pstn_guard_moment(); v_all INTEGER; v_some INTEGER;
BEGIN
    DELETE FROM pstn_guard_scopes WHERE scope IN (
        SELECT scope FROM pstn_guard_scopes WHERE forget_at <= v_moment FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS v_all = ROW_COUNT;
    DELETE FROM pstn_guard_holders WHERE holder IN (
        SELECT holder FROM pstn_guard_holders WHERE forget_at <= v_moment FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS v_some = ROW_COUNT;
    RETURN v_all + v_some;
END $$;

-- Keys of holds and entries are compared as bytes, whatever language the database speaks.
ALTER TABLE pstn_credit_holds ALTER COLUMN id TYPE TEXT COLLATE "C";
ALTER TABLE pstn_credit_entries ALTER COLUMN reference TYPE TEXT COLLATE "C";

-- Accounts never go away, so that entries and holds need not ask for them one by one.
ALTER TABLE pstn_credit_entries DROP CONSTRAINT pstn_credit_entries_account_fkey;
ALTER TABLE pstn_credit_holds DROP CONSTRAINT pstn_credit_holds_account_fkey;
CREATE FUNCTION pstn_credit_accounts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'accounts of the ledger are closed, never deleted or numbered anew' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER pstn_credit_accounts_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF number ON pstn_credit_accounts
    FOR EACH STATEMENT EXECUTE FUNCTION pstn_credit_accounts_stay();

-- What is known of calls that end: what they added, and their holds.
CREATE FUNCTION pstn_guard_known(p_holders TEXT[], p_ids TEXT[])
    RETURNS TABLE (o_holder TEXT, o_version INTEGER, o_taken BIGINT, o_ends BIGINT, o_forget BIGINT, o_added TEXT,
        o_id TEXT, o_account BIGINT, o_state TEXT, o_amount NUMERIC) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT h.holder, h.version, h.taken_at, h.ends_at, h.forget_at, h.added, NULL::text, NULL::bigint, NULL::text, NULL::numeric
    FROM pstn_guard_holders h WHERE h.holder = ANY (p_holders)
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, c.id, c.account, c.state, c.amount
    FROM pstn_credit_holds c WHERE c.id = ANY (p_ids);
END $$;

-- What a group of calls that begin and end changes, worked out before. All of it or, where anything is not as it was thought to be, nothing
-- (SQLSTATE PS001). Scopes are locked; s_: how they stand now; n_: new holders; u_: holders that change, and their versions before; a_: accounts,
-- in the order of their numbers, a_need what is held for those that begin; h_: new holds; e_: holds that end, e_costs NULL: released.
CREATE FUNCTION pstn_guard_step(s_scopes TEXT[], s_counters TEXT[], s_forget BIGINT[],
    n_holders TEXT[], n_taken BIGINT[], n_ends BIGINT[], n_forget BIGINT[], n_added TEXT[],
    u_holders TEXT[], u_versions INTEGER[], u_taken BIGINT[], u_ends BIGINT[], u_forget BIGINT[], u_added TEXT[],
    a_numbers BIGINT[], a_currencies TEXT[], a_held NUMERIC[], a_booked NUMERIC[], a_need NUMERIC[],
    h_ids TEXT[], h_accounts BIGINT[], h_amounts NUMERIC[], h_leases BIGINT[], h_purposes TEXT[],
    e_ids TEXT[], e_accounts BIGINT[], e_amounts NUMERIC[], e_costs NUMERIC[], e_explanations TEXT[])
    RETURNS TIMESTAMPTZ LANGUAGE plpgsql AS $$
DECLARE
    v_moment TIMESTAMPTZ(3) := date_trunc('milliseconds', clock_timestamp()); v_done INTEGER;
BEGIN
    INSERT INTO pstn_guard_scopes AS g (scope, counters, forget_at) SELECT * FROM unnest(s_scopes, s_counters, s_forget)
    ON CONFLICT (scope) DO UPDATE SET counters = excluded.counters, forget_at = excluded.forget_at;
    IF cardinality(n_holders) > 0 THEN
        INSERT INTO pstn_guard_holders (holder, taken_at, ends_at, forget_at, added)
        SELECT * FROM unnest(n_holders, n_taken, n_ends, n_forget, n_added) ON CONFLICT (holder) DO NOTHING;
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(n_holders) THEN
            RAISE EXCEPTION 'new holders' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(u_holders) > 0 THEN
        UPDATE pstn_guard_holders h SET version = h.version + 1,
            taken_at = u_taken[array_position(u_holders, h.holder)], ends_at = u_ends[array_position(u_holders, h.holder)],
            forget_at = u_forget[array_position(u_holders, h.holder)], added = u_added[array_position(u_holders, h.holder)]
        WHERE h.holder = ANY (u_holders) AND h.version = u_versions[array_position(u_holders, h.holder)];
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(u_holders) THEN
            RAISE EXCEPTION 'holders' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(a_numbers) > 0 THEN
        UPDATE pstn_credit_accounts a SET held = a.held + a_held[array_position(a_numbers, a.number)],
            booked = a.booked + a_booked[array_position(a_numbers, a.number)]
        WHERE a.number = ANY (a_numbers) AND a.beyond = 0
            AND coalesce(a_currencies[array_position(a_numbers, a.number)], a.currency) = a.currency
            AND (coalesce(a_need[array_position(a_numbers, a.number)], 0) = 0
                OR a.booked + a_booked[array_position(a_numbers, a.number)] + a.credit_limit
                    >= a.held + a_held[array_position(a_numbers, a.number)])
            AND (a.status = 'OPEN' OR a_need[array_position(a_numbers, a.number)] IS NULL);
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(a_numbers) THEN
            RAISE EXCEPTION 'accounts' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(h_ids) > 0 THEN
        INSERT INTO pstn_credit_holds (id, account, asked, amount, purpose, made_at, expires_at)
        SELECT u.id, u.account, u.amount, u.amount, u.purpose, v_moment, v_moment + u.lease * interval '1 millisecond'
        FROM unnest(h_ids, h_accounts, h_amounts, h_leases, h_purposes) u(id, account, amount, lease, purpose)
        ON CONFLICT (id) DO NOTHING;
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(h_ids) THEN
            RAISE EXCEPTION 'new holds' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(e_ids) > 0 THEN
        UPDATE pstn_credit_holds h SET cost = e_costs[array_position(e_ids, h.id)], over_at = v_moment,
            state = CASE WHEN e_costs[array_position(e_ids, h.id)] IS NULL THEN 'RELEASED' ELSE 'SETTLED' END,
            taken = CASE WHEN e_costs[array_position(e_ids, h.id)] IS NOT NULL
                THEN least(e_costs[array_position(e_ids, h.id)], h.amount) END,
            because = CASE WHEN e_costs[array_position(e_ids, h.id)] IS NULL THEN e_explanations[array_position(e_ids, h.id)] END
        WHERE h.id = ANY (e_ids) AND h.state = 'HELD' AND h.amount = e_amounts[array_position(e_ids, h.id)]
            AND h.account = e_accounts[array_position(e_ids, h.id)];
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(e_ids) THEN
            RAISE EXCEPTION 'holds' USING ERRCODE = 'PS001';
        END IF;
        INSERT INTO pstn_credit_entries (account, kind, reference, amount, uncovered, explanation, made_at)
        SELECT u.account, 'SETTLEMENT', u.id, -least(u.cost, u.amount), u.cost - least(u.cost, u.amount), u.explanation, v_moment
        FROM unnest(e_ids, e_accounts, e_amounts, e_costs, e_explanations) u(id, account, amount, cost, explanation)
        WHERE u.cost IS NOT NULL;
    END IF;
    RETURN v_moment;
END $$;

-- The arrays are short and the tables are not, whatever the statistics say of them; so nothing is joined, and nothing is read as a whole.
ALTER FUNCTION pstn_guard_open SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION pstn_guard_open SET enable_seqscan = off;
ALTER FUNCTION pstn_guard_known SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION pstn_guard_known SET enable_seqscan = off;
ALTER FUNCTION pstn_guard_step SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION pstn_guard_step SET enable_seqscan = off;
ALTER FUNCTION pstn_guard_step SET enable_bitmapscan = off;
