ALTER TABLE call_rates
    ADD COLUMN origin_prefix    TEXT NOT NULL DEFAULT '' CHECK (origin_prefix ~ '^[0-9]{0,18}$'),
    ADD COLUMN included_seconds INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN maximum_charge   NUMERIC(19, 10) CHECK (maximum_charge >= 0),
    ADD COLUMN maximum_policy   TEXT NOT NULL DEFAULT 'FREE',
    ADD COLUMN tiers            TEXT,
    ADD COLUMN windows          TEXT,
    ADD COLUMN zone             TEXT,
    ADD COLUMN rounding_stage   TEXT NOT NULL DEFAULT 'CALL',
    ADD COLUMN increment_policy TEXT NOT NULL DEFAULT 'INIT_PLUS_N',
    ADD COLUMN window_policy    TEXT NOT NULL DEFAULT 'AT_ANSWER';

COMMENT ON COLUMN call_rates.origin_prefix IS 'Digits that the caller''s number begins with; empty: any caller';
COMMENT ON COLUMN call_rates.included_seconds IS 'So many seconds of each call are not billed; the fee is';
COMMENT ON COLUMN call_rates.maximum_charge IS 'The most that a call costs, in currency; NULL: no such limit';
COMMENT ON COLUMN call_rates.maximum_policy IS 'FREE or DISCONNECT: what reaching the maximum means';
COMMENT ON COLUMN call_rates.tiers IS 'Other prices from a second on, as 600:0.008:6 (second, price of a minute, increment), joined by |; NULL: none';
COMMENT ON COLUMN call_rates.windows IS 'Hours at which the rate holds, as MON-FRI 08:00-18:00, joined by |; NULL: those that no other rate of the prefix names';
COMMENT ON COLUMN call_rates.zone IS 'By whose clock the windows are read; NULL only where no rate of the deck has any';
COMMENT ON COLUMN call_rates.rounding_stage IS 'CALL or INCREMENT: when amounts are rounded';
COMMENT ON COLUMN call_rates.increment_policy IS 'INIT_PLUS_N or TOTAL_MOD: how seconds become billed seconds';
COMMENT ON COLUMN call_rates.window_policy IS 'AT_ANSWER or SPLIT: which hours price a call that lasts from one window into the next';
