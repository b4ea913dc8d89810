-- A group of calls that begin and end is written by joins of its arrays with the keys of the tables: an element of an array is found at once
-- instead of by reading the array, so that large groups cost no more for each call than small ones.

-- Swept once in a while, filled with every call: a summary of its blocks is enough.
DROP INDEX pstn_guard_holders_forget;
CREATE INDEX pstn_guard_holders_forget ON pstn_guard_holders USING brin (forget_at) WITH (autosummarize = on);

CREATE OR REPLACE FUNCTION pstn_guard_step(s_scopes TEXT[], s_counters TEXT[], s_forget BIGINT[],
    n_holders TEXT[], n_taken BIGINT[], n_ends BIGINT[], n_forget BIGINT[], n_added TEXT[],
    u_holders TEXT[], u_versions INTEGER[], u_taken BIGINT[], u_ends BIGINT[], u_forget BIGINT[], u_added TEXT[],
    a_numbers BIGINT[], a_currencies TEXT[], a_held NUMERIC[], a_booked NUMERIC[], a_need NUMERIC[],
    h_ids TEXT[], h_accounts BIGINT[], h_amounts NUMERIC[], h_leases BIGINT[], h_purposes TEXT[],
    e_ids TEXT[], e_accounts BIGINT[], e_amounts NUMERIC[], e_costs NUMERIC[], e_explanations TEXT[])
    RETURNS TIMESTAMPTZ LANGUAGE plpgsql AS $$
DECLARE
    v_moment TIMESTAMPTZ(3) := date_trunc('milliseconds', clock_timestamp()); v_done INTEGER;
BEGIN
    IF cardinality(s_scopes) > 0 THEN
        UPDATE pstn_guard_scopes g SET counters = u.counters, forget_at = u.forget_at
        FROM (SELECT * FROM unnest(s_scopes, s_counters, s_forget) LIMIT cardinality(s_scopes))
            u(scope, counters, forget_at)
        WHERE g.scope = u.scope;
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(s_scopes) THEN
            RAISE EXCEPTION 'scopes' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(n_holders) > 0 THEN
        INSERT INTO pstn_guard_holders (holder, taken_at, ends_at, forget_at, added)
        SELECT * FROM unnest(n_holders, n_taken, n_ends, n_forget, n_added);
    END IF;
    IF cardinality(u_holders) > 0 THEN
        UPDATE pstn_guard_holders h SET version = h.version + 1, taken_at = u.taken_at, ends_at = u.ends_at, forget_at = u.forget_at,
            added = u.added
        FROM (SELECT * FROM unnest(u_holders, u_versions, u_taken, u_ends, u_forget, u_added) LIMIT cardinality(u_holders))
            u(holder, version, taken_at, ends_at, forget_at, added)
        WHERE h.holder = u.holder AND h.version = u.version;
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(u_holders) THEN
            RAISE EXCEPTION 'holders' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(a_numbers) > 0 THEN
        UPDATE pstn_credit_accounts a SET held = a.held + u.held, booked = a.booked + u.booked
        FROM (SELECT * FROM unnest(a_numbers, a_currencies, a_held, a_booked, a_need) LIMIT cardinality(a_numbers))
            u(number, currency, held, booked, need)
        WHERE a.number = u.number AND a.beyond = 0 AND (u.currency IS NULL OR u.currency = a.currency)
            AND (u.need IS NULL OR u.need = 0 OR a.booked + u.booked + a.credit_limit >= a.held + u.held)
            AND (a.status = 'OPEN' OR u.need IS NULL);
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(a_numbers) THEN
            RAISE EXCEPTION 'accounts' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(h_ids) > 0 THEN
        INSERT INTO pstn_credit_holds (id, account, asked, amount, purpose, made_at, expires_at)
        SELECT u.id, u.account, u.amount, u.amount, u.purpose, v_moment, v_moment + u.lease * interval '1 millisecond'
        FROM unnest(h_ids, h_accounts, h_amounts, h_leases, h_purposes) u(id, account, amount, lease, purpose);
        IF EXISTS (SELECT 1 FROM pstn_credit_entries e WHERE e.reference = ANY (h_ids) AND e.kind = 'SETTLEMENT') THEN
            RAISE EXCEPTION 'settled before' USING ERRCODE = 'PS001';
        END IF;
    END IF;
    IF cardinality(e_ids) > 0 THEN
        UPDATE pstn_credit_holds h SET cost = u.cost, over_at = v_moment,
            state = CASE WHEN u.cost IS NULL THEN 'RELEASED' ELSE 'SETTLED' END,
            taken = CASE WHEN u.cost IS NOT NULL THEN least(u.cost, h.amount) END,
            because = CASE WHEN u.cost IS NULL THEN u.explanation END
        FROM (SELECT * FROM unnest(e_ids, e_accounts, e_amounts, e_costs, e_explanations) LIMIT cardinality(e_ids))
            u(id, account, amount, cost, explanation)
        WHERE h.id = u.id AND h.state || '' = 'HELD' AND h.amount = u.amount AND h.account + 0 = u.account;
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

-- The arrays are short and the tables are not, whatever the statistics say of them: each element is looked up by the key of its table. The
-- LIMITs change nothing but what is expected of the arrays; a plan made while a table was still empty must be good when it is full.
ALTER FUNCTION pstn_guard_step SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION pstn_guard_step SET enable_seqscan = off;
ALTER FUNCTION pstn_guard_step SET enable_bitmapscan = off;
ALTER FUNCTION pstn_guard_step SET enable_hashjoin = off;
ALTER FUNCTION pstn_guard_step SET enable_mergejoin = off;
ALTER FUNCTION pstn_guard_step SET enable_material = off;

-- What was settled once is over for ever, also when its hold was deleted as old: nobody talks for what can never be booked.
CREATE OR REPLACE FUNCTION pstn_credit_reserve(p_id TEXT, p_tenant TEXT, p_account TEXT, p_currency TEXT, p_amount NUMERIC, p_lease BIGINT,
    p_purpose TEXT, OUT o_outcome TEXT, OUT o_amount NUMERIC, OUT o_until TIMESTAMPTZ, OUT o_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
    v_number BIGINT; v_account pstn_credit_accounts; v_hold pstn_credit_holds; v_moment TIMESTAMPTZ;
BEGIN
    IF EXISTS (SELECT 1 FROM pstn_credit_entries e WHERE e.reference = p_id AND e.kind = 'SETTLEMENT')
        AND NOT EXISTS (SELECT 1 FROM pstn_credit_holds h WHERE h.id = p_id) THEN
        o_outcome := 'OVER'; RETURN;
    END IF;
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
