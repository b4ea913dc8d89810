CREATE TABLE pstn_guard_counts (
    key       TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    window_ms BIGINT NOT NULL CHECK (window_ms > 0),
    slot      TIMESTAMPTZ(3) NOT NULL,
    total     NUMERIC NOT NULL,
    PRIMARY KEY (key, window_ms, slot)
) WITH (fillfactor = 70);

COMMENT ON TABLE pstn_guard_counts IS 'What was counted within sliding windows, in sixtieths of the window: so many rows for each key, however busy it is';
COMMENT ON COLUMN pstn_guard_counts.slot IS 'Where the sixtieth begins; it counts until all of it is older than the window';

CREATE TABLE pstn_guard_members (
    key       TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    window_ms BIGINT NOT NULL CHECK (window_ms > 0),
    member    TEXT NOT NULL,
    seen_at   TIMESTAMPTZ(3) NOT NULL,
    PRIMARY KEY (key, window_ms, member)
);

COMMENT ON TABLE pstn_guard_members IS 'Different members within sliding windows, such as the countries that a user called';
COMMENT ON COLUMN pstn_guard_members.seen_at IS 'When it was taken last';

CREATE TABLE pstn_guard_leases (
    key        TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    holder     TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 200),
    expires_at TIMESTAMPTZ(3) NOT NULL,
    PRIMARY KEY (key, holder)
);
CREATE INDEX pstn_guard_leases_holder ON pstn_guard_leases (holder);

COMMENT ON TABLE pstn_guard_leases IS 'What is going on at the same time; rows live as long as calls';
COMMENT ON COLUMN pstn_guard_leases.expires_at IS 'From here on the row does not count; renewed while the call lives, by the clock of the database';

CREATE TABLE pstn_guard_holders (
    holder    TEXT PRIMARY KEY CHECK (length(holder) BETWEEN 1 AND 200),
    keys      TEXT[] NOT NULL,
    windows   BIGINT[] NOT NULL,
    weights   NUMERIC[] NOT NULL,
    taken_at  TIMESTAMPTZ(3) NOT NULL,
    forget_at TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX pstn_guard_holders_forget ON pstn_guard_holders (forget_at);

COMMENT ON TABLE pstn_guard_holders IS 'What each call added, so that it adds it once and can be corrected';
COMMENT ON COLUMN pstn_guard_holders.keys IS 'Where it was counted; windows and weights are in the same order';
COMMENT ON COLUMN pstn_guard_holders.forget_at IS 'When none of it counts any more';

-- The sixtieth of the window in which a moment lies.
CREATE FUNCTION pstn_guard_slot(p_moment TIMESTAMPTZ, p_window BIGINT) RETURNS TIMESTAMPTZ LANGUAGE sql IMMUTABLE AS $$
    SELECT to_timestamp(floor(extract(epoch FROM p_moment)::numeric * 1000 / greatest(p_window / 60, 1))
        * greatest(p_window / 60, 1) / 1000)::timestamptz(3)
$$;

-- One lock for each key and holder, always taken in the same order, until the transaction ends: those who share a key decide one
-- after another, and nobody waits in a circle.
CREATE FUNCTION pstn_guard_lock(p_keys TEXT[], p_holders TEXT[]) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(o.l) FROM (
        SELECT DISTINCT hashtextextended(s.t, 7) AS l FROM (
            SELECT 'pstn_guard key ' || unnest(p_keys) UNION ALL SELECT 'pstn_guard holder ' || unnest(p_holders)) s(t)
        ORDER BY l) o;
END $$;

-- Many claims, one after another in one transaction. Counters are what bounds share: kind W (within), D (distinct) or A (at once). The
-- bounds of claim i are those from p_first[i] to before p_first[i + 1]. With holds, a claim that fits is taken only if its money can be
-- set aside too. Peeking takes nothing and waits for nobody.
CREATE FUNCTION pstn_guard_take(p_peek BOOLEAN, p_kinds TEXT[], p_keys TEXT[], p_windows BIGINT[],
    p_holders TEXT[], p_ttls BIGINT[], p_first INTEGER[],
    b_counter INTEGER[], b_weight NUMERIC[], b_most NUMERIC[], b_member TEXT[],
    c_ids TEXT[], c_tenants TEXT[], c_accounts TEXT[], c_currencies TEXT[], c_amounts NUMERIC[], c_leases BIGINT[], c_purposes TEXT[])
    RETURNS TABLE (o_item INTEGER, o_taken BOOLEAN, o_before NUMERIC[], o_fits BOOLEAN[],
        o_outcome TEXT, o_amount NUMERIC, o_until TIMESTAMPTZ, o_currency TEXT) LANGUAGE plpgsql AS $$
DECLARE
    v_moment TIMESTAMPTZ; v_totals NUMERIC[]; v_added NUMERIC[]; v_known TEXT[]; v_live TEXT[];
    v_new INTEGER[] := '{}'; v_lease_keys TEXT[] := '{}'; v_lease_holders TEXT[] := '{}'; v_lease_ttls BIGINT[] := '{}';
    v_fits BOOLEAN; v_before NUMERIC; v_seen BOOLEAN; v_repeated BOOLEAN; v_mine BOOLEAN;
    c INTEGER; b INTEGER; v_last INTEGER;
BEGIN
    IF NOT p_peek THEN
        PERFORM pstn_guard_lock(p_keys, p_holders);
        IF cardinality(c_ids) > 1 THEN
            PERFORM 1 FROM pstn_credit_accounts a WHERE a.number IN (
                SELECT x.number FROM pstn_credit_accounts x JOIN unnest(c_tenants, c_accounts) u(t, i) ON x.tenant = u.t AND x.id = u.i)
            ORDER BY a.number FOR NO KEY UPDATE;
        END IF;
    END IF;
    v_moment := date_trunc('milliseconds', clock_timestamp());
    SELECT array_agg(h.holder) INTO v_known FROM pstn_guard_holders h WHERE h.holder = ANY (p_holders) AND h.forget_at > v_moment;
    v_known := coalesce(v_known, '{}');
    SELECT array_agg(l.key || E'\n' || l.holder) INTO v_live FROM pstn_guard_leases l
    WHERE l.holder = ANY (p_holders) AND l.expires_at > v_moment;
    v_live := coalesce(v_live, '{}');
    SELECT array_agg(CASE s.kind
            WHEN 'W' THEN (SELECT coalesce(sum(g.total), 0) FROM pstn_guard_counts g WHERE g.key = s.key AND g.window_ms = s.window_ms
                AND g.slot > v_moment - (s.window_ms + greatest(s.window_ms / 60, 1)) * interval '1 millisecond')
            WHEN 'A' THEN (SELECT count(*) FROM pstn_guard_leases l WHERE l.key = s.key AND l.expires_at > v_moment)
            ELSE 0 END ORDER BY s.i), array_agg(0::numeric)
    INTO v_totals, v_added
    FROM unnest(p_kinds, p_keys, p_windows) WITH ORDINALITY s(kind, key, window_ms, i);
    FOR i IN 1..cardinality(p_holders) LOOP
        o_item := i; o_taken := true; o_before := '{}'; o_fits := '{}'; o_outcome := NULL;
        v_last := p_first[i + 1] - 1;
        v_repeated := p_holders[i] = ANY (v_known);
        FOR b IN p_first[i]..v_last LOOP
            c := b_counter[b];
            v_mine := false;
            IF p_kinds[c] = 'D' THEN
                SELECT count(*), coalesce(bool_or(m.member = b_member[b]), false) INTO v_before, v_seen FROM pstn_guard_members m
                WHERE m.key = p_keys[c] AND m.window_ms = p_windows[c]
                    AND m.seen_at > v_moment - p_windows[c] * 601 / 600 * interval '1 millisecond';
                v_fits := v_seen OR v_repeated OR v_before + 1 <= b_most[b];
            ELSE
                v_before := v_totals[c];
                IF v_repeated AND p_kinds[c] = 'W' THEN
                    v_mine := true;
                    v_before := v_before - b_weight[b];
                ELSIF p_kinds[c] = 'A' AND cardinality(v_live) > 0 AND p_keys[c] || E'\n' || p_holders[i] = ANY (v_live) THEN
                    v_mine := true;
                    v_before := v_before - 1;
                END IF;
                v_fits := v_mine OR v_before + b_weight[b] <= b_most[b];
            END IF;
            o_before := o_before || v_before; o_fits := o_fits || v_fits; o_taken := o_taken AND v_fits;
        END LOOP;
        IF o_taken AND c_ids IS NOT NULL AND NOT p_peek THEN
            SELECT r.o_outcome, r.o_amount, r.o_until, r.o_currency INTO o_outcome, o_amount, o_until, o_currency
            FROM pstn_credit_reserve(c_ids[i], c_tenants[i], c_accounts[i], c_currencies[i], c_amounts[i], c_leases[i], c_purposes[i]) r;
            o_taken := o_outcome = 'HELD';
        END IF;
        IF o_taken AND NOT p_peek THEN
            IF NOT v_repeated THEN
                v_new := v_new || i;
                v_known := v_known || p_holders[i];
            END IF;
            FOR b IN p_first[i]..v_last LOOP
                c := b_counter[b];
                IF p_kinds[c] = 'W' THEN
                    IF NOT v_repeated THEN
                        v_totals[c] := v_totals[c] + b_weight[b];
                        v_added[c] := v_added[c] + b_weight[b];
                    END IF;
                ELSIF p_kinds[c] = 'A' THEN
                    v_lease_keys := v_lease_keys || p_keys[c];
                    v_lease_holders := v_lease_holders || p_holders[i];
                    v_lease_ttls := v_lease_ttls || p_ttls[i];
                    IF NOT (cardinality(v_live) > 0 AND p_keys[c] || E'\n' || p_holders[i] = ANY (v_live)) THEN
                        v_totals[c] := v_totals[c] + 1;
                        v_live := v_live || (p_keys[c] || E'\n' || p_holders[i]);
                    END IF;
                ELSIF NOT v_repeated THEN
                    INSERT INTO pstn_guard_members AS m (key, window_ms, member, seen_at)
                    VALUES (p_keys[c], p_windows[c], b_member[b], v_moment)
                    ON CONFLICT (key, window_ms, member) DO UPDATE SET seen_at = greatest(m.seen_at, excluded.seen_at);
                END IF;
            END LOOP;
        END IF;
        RETURN NEXT;
    END LOOP;
    IF cardinality(v_new) > 0 THEN
        INSERT INTO pstn_guard_holders AS h (holder, keys, windows, weights, taken_at, forget_at)
        SELECT p_holders[n.i],
            coalesce(array_agg(p_keys[b_counter[j.j]] ORDER BY j.j) FILTER (WHERE p_kinds[b_counter[j.j]] = 'W'), '{}'),
            coalesce(array_agg(p_windows[b_counter[j.j]] ORDER BY j.j) FILTER (WHERE p_kinds[b_counter[j.j]] = 'W'), '{}'),
            coalesce(array_agg(b_weight[j.j] ORDER BY j.j) FILTER (WHERE p_kinds[b_counter[j.j]] = 'W'), '{}'),
            v_moment,
            v_moment + greatest(p_ttls[n.i], coalesce(max(p_windows[b_counter[j.j]]) * 61 / 60, 0)) * interval '1 millisecond'
        FROM unnest(v_new) n(i) LEFT JOIN LATERAL generate_series(p_first[n.i], p_first[n.i + 1] - 1) j(j) ON true GROUP BY n.i
        ON CONFLICT (holder) DO UPDATE SET keys = excluded.keys, windows = excluded.windows, weights = excluded.weights,
            taken_at = excluded.taken_at, forget_at = excluded.forget_at;
        INSERT INTO pstn_guard_counts AS g (key, window_ms, slot, total)
        SELECT s.key, s.window_ms, pstn_guard_slot(v_moment, s.window_ms), s.added
        FROM unnest(p_kinds, p_keys, p_windows, v_added) s(kind, key, window_ms, added) WHERE s.kind = 'W' AND s.added <> 0
        ON CONFLICT (key, window_ms, slot) DO UPDATE SET total = g.total + excluded.total;
    END IF;
    IF cardinality(v_lease_keys) > 0 THEN
        INSERT INTO pstn_guard_leases AS l (key, holder, expires_at)
        SELECT s.key, s.holder, max(v_moment + s.ttl * interval '1 millisecond')
        FROM unnest(v_lease_keys, v_lease_holders, v_lease_ttls) s(key, holder, ttl) GROUP BY s.key, s.holder
        ON CONFLICT (key, holder) DO UPDATE SET expires_at = excluded.expires_at;
    END IF;
END $$;

-- Many claims with their holds, as long as nothing is special: nobody was here before, and everything fits together. Then it is all
-- taken at once, and what each found follows from the totals. Answers NULL without having done anything otherwise: each is looked at by
-- itself then. p_added is what all add to a counter together, p_most the smallest limit.
CREATE FUNCTION pstn_guard_take_all(p_kinds TEXT[], p_keys TEXT[], p_windows BIGINT[], p_added NUMERIC[], p_most NUMERIC[],
    p_members TEXT[], p_holders TEXT[], p_ttls BIGINT[], h_holders TEXT[], h_keys TEXT[], h_windows BIGINT[], h_weights NUMERIC[],
    l_keys TEXT[], l_holders TEXT[], l_ttls BIGINT[],
    c_ids TEXT[], c_tenants TEXT[], c_accounts TEXT[], c_currencies TEXT[], c_amounts NUMERIC[], c_leases BIGINT[], c_purposes TEXT[])
    RETURNS TABLE (o_moment TIMESTAMPTZ, o_totals NUMERIC[], o_seen BOOLEAN[]) LANGUAGE plpgsql AS $$
DECLARE
    v_fits BOOLEAN; v_accounts INTEGER; v_done INTEGER;
BEGIN
    PERFORM pstn_guard_lock(p_keys, p_holders);
    o_moment := date_trunc('milliseconds', clock_timestamp());
    SELECT array_agg(t.total ORDER BY t.i), array_agg(t.seen ORDER BY t.i),
        bool_and(t.seen OR t.total + t.added <= t.most) INTO o_totals, o_seen, v_fits
    FROM (SELECT s.i, s.added, s.most, CASE s.kind
            WHEN 'W' THEN (SELECT coalesce(sum(g.total), 0) FROM pstn_guard_counts g WHERE g.key = s.key AND g.window_ms = s.window_ms
                AND g.slot > o_moment - (s.window_ms + greatest(s.window_ms / 60, 1)) * interval '1 millisecond')
            WHEN 'A' THEN (SELECT count(*) FROM pstn_guard_leases l WHERE l.key = s.key AND l.expires_at > o_moment)
            ELSE (SELECT count(*) FROM pstn_guard_members m WHERE m.key = s.key AND m.window_ms = s.window_ms
                AND m.seen_at > o_moment - s.window_ms * 601 / 600 * interval '1 millisecond') END AS total,
            s.kind = 'D' AND EXISTS (SELECT 1 FROM pstn_guard_members m WHERE m.key = s.key AND m.window_ms = s.window_ms
                AND m.member = s.member AND m.seen_at > o_moment - s.window_ms * 601 / 600 * interval '1 millisecond') AS seen
        FROM unnest(p_kinds, p_keys, p_windows, p_added, p_most, p_members) WITH ORDINALITY
            s(kind, key, window_ms, added, most, member, i)) t;
    IF NOT v_fits OR EXISTS (SELECT 1 FROM pstn_guard_holders h WHERE h.holder = ANY (p_holders)) THEN
        RETURN;
    END IF;
    BEGIN
        PERFORM 1 FROM pstn_credit_accounts a WHERE a.number IN (
            SELECT x.number FROM unnest(c_tenants, c_accounts) u(t, i) JOIN pstn_credit_accounts x ON x.tenant = u.t AND x.id = u.i)
        ORDER BY a.number FOR NO KEY UPDATE;
        UPDATE pstn_credit_accounts a SET held = a.held + w.amount FROM (
            SELECT u.tenant, u.id, u.currency, sum(u.amount) AS amount
            FROM unnest(c_tenants, c_accounts, c_currencies, c_amounts) u(tenant, id, currency, amount) GROUP BY 1, 2, 3) w
        WHERE a.tenant = w.tenant AND a.id = w.id AND a.status = 'OPEN' AND a.currency = w.currency
            AND a.booked + a.credit_limit - a.held >= w.amount;
        GET DIAGNOSTICS v_accounts = ROW_COUNT;
        INSERT INTO pstn_credit_holds (id, account, asked, amount, purpose, expires_at)
        SELECT u.id, a.number, u.amount, u.amount, u.purpose, o_moment + u.lease * interval '1 millisecond'
        FROM unnest(c_ids, c_tenants, c_accounts, c_currencies, c_amounts, c_leases, c_purposes)
            u(id, tenant, account, currency, amount, lease, purpose)
        JOIN pstn_credit_accounts a ON a.tenant = u.tenant AND a.id = u.account AND a.currency = u.currency ON CONFLICT (id) DO NOTHING;
        GET DIAGNOSTICS v_done = ROW_COUNT;
        IF v_done <> cardinality(c_ids) OR v_accounts <> (
                SELECT count(DISTINCT (u.t, u.a)) FROM unnest(c_tenants, c_accounts) u(t, a)) THEN
            RAISE EXCEPTION 'one by one' USING ERRCODE = 'PS001';
        END IF;
    EXCEPTION WHEN SQLSTATE 'PS001' OR check_violation THEN
        RETURN;
    END;
    INSERT INTO pstn_guard_holders (holder, keys, windows, weights, taken_at, forget_at)
    SELECT u.holder, coalesce(h.keys, '{}'), coalesce(h.windows, '{}'), coalesce(h.weights, '{}'), o_moment,
        o_moment + greatest(u.ttl, coalesce(h.longest, 0) * 61 / 60) * interval '1 millisecond'
    FROM unnest(p_holders, p_ttls) u(holder, ttl) LEFT JOIN (
        SELECT b.holder, array_agg(b.key) AS keys, array_agg(b.window_ms) AS windows, array_agg(b.weight) AS weights,
            max(b.window_ms) AS longest
        FROM unnest(h_holders, h_keys, h_windows, h_weights) b(holder, key, window_ms, weight) GROUP BY b.holder) h USING (holder);
    INSERT INTO pstn_guard_counts AS g (key, window_ms, slot, total)
    SELECT s.key, s.window_ms, pstn_guard_slot(o_moment, s.window_ms), s.added
    FROM unnest(p_kinds, p_keys, p_windows, p_added) s(kind, key, window_ms, added) WHERE s.kind = 'W' AND s.added <> 0
    ON CONFLICT (key, window_ms, slot) DO UPDATE SET total = g.total + excluded.total;
    INSERT INTO pstn_guard_members AS m (key, window_ms, member, seen_at)
    SELECT s.key, s.window_ms, s.member, o_moment
    FROM unnest(p_kinds, p_keys, p_windows, p_members) s(kind, key, window_ms, member) WHERE s.kind = 'D'
    ON CONFLICT (key, window_ms, member) DO UPDATE SET seen_at = greatest(m.seen_at, excluded.seen_at)
    WHERE m.seen_at < excluded.seen_at - m.window_ms / 600 * interval '1 millisecond';
    INSERT INTO pstn_guard_leases AS l (key, holder, expires_at)
    SELECT s.key, s.holder, o_moment + s.ttl * interval '1 millisecond' FROM unnest(l_keys, l_holders, l_ttls) s(key, holder, ttl)
    ON CONFLICT (key, holder) DO UPDATE SET expires_at = excluded.expires_at;
    RETURN NEXT;
END $$;

-- What holders added under a key was this in truth.
CREATE FUNCTION pstn_guard_correct(p_holder TEXT, p_key TEXT, p_weight NUMERIC) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    v_holder pstn_guard_holders;
BEGIN
    PERFORM pstn_guard_lock(ARRAY[p_key], ARRAY[p_holder]);
    SELECT * INTO v_holder FROM pstn_guard_holders WHERE holder = p_holder;
    IF NOT FOUND OR NOT p_key = ANY (v_holder.keys) THEN
        RETURN;
    END IF;
    FOR i IN 1..cardinality(v_holder.keys) LOOP
        IF v_holder.keys[i] = p_key THEN
            UPDATE pstn_guard_counts SET total = total + p_weight - v_holder.weights[i]
            WHERE key = p_key AND window_ms = v_holder.windows[i] AND slot = pstn_guard_slot(v_holder.taken_at, v_holder.windows[i]);
            v_holder.weights[i] := p_weight;
        END IF;
    END LOOP;
    UPDATE pstn_guard_holders SET weights = v_holder.weights WHERE holder = p_holder;
END $$;

CREATE FUNCTION pstn_guard_sweep() RETURNS INTEGER LANGUAGE plpgsql AS $$
DECLARE
    v_moment TIMESTAMPTZ := clock_timestamp(); v_all INTEGER := 0; v_some INTEGER;
BEGIN
    DELETE FROM pstn_guard_leases WHERE (key, holder) IN (
        SELECT key, holder FROM pstn_guard_leases WHERE expires_at <= v_moment FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS v_some = ROW_COUNT; v_all := v_all + v_some;
    DELETE FROM pstn_guard_counts WHERE (key, window_ms, slot) IN (
        SELECT key, window_ms, slot FROM pstn_guard_counts
        WHERE slot <= v_moment - (window_ms + greatest(window_ms / 60, 1)) * interval '1 millisecond' FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS v_some = ROW_COUNT; v_all := v_all + v_some;
    DELETE FROM pstn_guard_members WHERE (key, window_ms, member) IN (
        SELECT key, window_ms, member FROM pstn_guard_members
        WHERE seen_at <= v_moment - window_ms * 601 / 600 * interval '1 millisecond' FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS v_some = ROW_COUNT; v_all := v_all + v_some;
    DELETE FROM pstn_guard_holders WHERE holder IN (
        SELECT holder FROM pstn_guard_holders WHERE forget_at <= v_moment FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS v_some = ROW_COUNT;
    RETURN v_all + v_some;
END $$;

-- Many calls are over: their leases are free, what they cost is counted and settled. c_costs[i] NULL: the hold is released.
CREATE FUNCTION pstn_guard_finish(p_holders TEXT[], p_keys TEXT[], p_weights NUMERIC[],
    c_ids TEXT[], c_currencies TEXT[], c_costs NUMERIC[], c_explanations TEXT[])
    RETURNS TABLE (o_item INTEGER, o_outcome TEXT, o_taken NUMERIC) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pstn_guard_lock(array_remove(p_keys, NULL), p_holders);
    IF cardinality(c_ids) > 1 THEN
        PERFORM 1 FROM pstn_credit_accounts a WHERE a.number IN (SELECT h.account FROM pstn_credit_holds h WHERE h.id = ANY (c_ids))
        ORDER BY a.number FOR NO KEY UPDATE;
    END IF;
    DELETE FROM pstn_guard_leases WHERE holder = ANY (p_holders);
    FOR i IN 1..cardinality(p_holders) LOOP
        o_item := i; o_outcome := NULL; o_taken := NULL;
        IF c_costs[i] IS NULL THEN
            o_outcome := CASE WHEN pstn_credit_release(c_ids[i], c_explanations[i]) THEN 'RELEASED' ELSE 'OVER' END;
        ELSE
            SELECT s.o_outcome, s.o_taken INTO o_outcome, o_taken
            FROM pstn_credit_settle(c_ids[i], c_currencies[i], c_costs[i], c_explanations[i]) s;
        END IF;
        IF p_keys[i] IS NOT NULL AND o_outcome IN ('SETTLED', 'REPEATED') THEN
            PERFORM pstn_guard_correct(p_holders[i], p_keys[i], p_weights[i]);
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

-- As pstn_guard_finish, as long as nothing is special: every hold is still held, in its currency. Answers false without having done
-- anything otherwise.
CREATE FUNCTION pstn_guard_finish_all(p_holders TEXT[], p_keys TEXT[], p_weights NUMERIC[],
    c_ids TEXT[], c_currencies TEXT[], c_costs NUMERIC[], c_explanations TEXT[])
    RETURNS TABLE (o_id TEXT, o_taken NUMERIC) LANGUAGE plpgsql AS $$
DECLARE
    v_done INTEGER;
BEGIN
    PERFORM pstn_guard_lock(array_remove(p_keys, NULL), p_holders);
    PERFORM 1 FROM pstn_credit_accounts a WHERE a.number IN (SELECT h.account FROM pstn_credit_holds h WHERE h.id = ANY (c_ids))
    ORDER BY a.number FOR NO KEY UPDATE;
    SELECT count(*) INTO v_done FROM unnest(c_ids, c_currencies, c_costs) u(id, currency, cost)
    JOIN pstn_credit_holds h ON h.id = u.id JOIN pstn_credit_accounts a ON a.number = h.account
    WHERE h.state = 'HELD' AND a.currency = u.currency AND a.beyond = 0 AND u.cost IS NOT NULL;
    IF v_done <> cardinality(c_ids) OR v_done <> (SELECT count(DISTINCT u.id) FROM unnest(c_ids) u(id)) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH settled AS (
        UPDATE pstn_credit_holds h SET state = 'SETTLED', cost = u.cost, taken = least(u.cost, h.amount), over_at = clock_timestamp()
        FROM unnest(c_ids, c_costs, c_explanations) u(id, cost, explanation) WHERE h.id = u.id
        RETURNING h.id, h.account, h.amount, h.cost, h.taken, u.explanation),
    moved AS (
        UPDATE pstn_credit_accounts a SET booked = a.booked - s.taken, held = a.held - s.amount
        FROM (SELECT account, sum(taken) AS taken, sum(amount) AS amount FROM settled GROUP BY account) s
        WHERE a.number = s.account),
    written AS (
        INSERT INTO pstn_credit_entries (account, kind, reference, amount, uncovered, explanation)
        SELECT account, 'SETTLEMENT', id, -taken, cost - taken, explanation FROM settled)
    SELECT id, taken FROM settled;
    DELETE FROM pstn_guard_leases WHERE holder = ANY (p_holders);
    WITH wanted AS (
        SELECT h.holder, u.key, u.weight, array_positions(h.keys, u.key) AS at, h.windows, h.weights, h.taken_at
        FROM unnest(p_holders, p_keys, p_weights) u(holder, key, weight) JOIN pstn_guard_holders h ON h.holder = u.holder
        WHERE u.key = ANY (h.keys)),
    counted AS (
        UPDATE pstn_guard_counts g SET total = g.total + d.more FROM (
            SELECT w.key, w.windows[i.i] AS window_ms, pstn_guard_slot(w.taken_at, w.windows[i.i]) AS slot,
                sum(w.weight - w.weights[i.i]) AS more FROM wanted w, unnest(w.at) i(i) GROUP BY 1, 2, 3) d
        WHERE g.key = d.key AND g.window_ms = d.window_ms AND g.slot = d.slot)
    UPDATE pstn_guard_holders h SET weights = (
        SELECT array_agg(CASE WHEN k.key = w.key THEN w.weight ELSE k.weight END ORDER BY k.i)
        FROM unnest(h.keys, h.weights) WITH ORDINALITY k(key, weight, i))
    FROM wanted w WHERE h.holder = w.holder;
END $$;

-- The arrays are short and the tables are not, whatever the statistics say of them.
ALTER FUNCTION pstn_guard_take_all SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION pstn_guard_take_all SET enable_seqscan = off;
ALTER FUNCTION pstn_guard_take_all SET enable_hashjoin = off;
ALTER FUNCTION pstn_guard_take_all SET enable_mergejoin = off;
ALTER FUNCTION pstn_guard_finish_all SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION pstn_guard_finish_all SET enable_seqscan = off;
ALTER FUNCTION pstn_guard_finish_all SET enable_hashjoin = off;
ALTER FUNCTION pstn_guard_finish_all SET enable_mergejoin = off;
