-- Rows as the first ledger held them. Never changed: later versions must read them.
INSERT INTO pstn_credit_accounts (tenant, id, currency, mode, credit_limit, booked)
VALUES ('clinic.7', 'u-1', 'USD', 'POSTPAID', 5, 7.5);
INSERT INTO pstn_credit_holds (id, account, state, asked, amount, cost, taken, purpose, expires_at, over_at)
SELECT 'call-1', number, 'SETTLED', 3, 3, 2.5, 2.5, '+14165550100', '2026-03-08T07:00:00Z', '2026-03-08T06:59:00Z'
FROM pstn_credit_accounts;
INSERT INTO pstn_credit_entries (account, kind, reference, amount, uncovered, explanation)
SELECT number, 'PAYMENT', 'payment-1', 10, 0, 'card' FROM pstn_credit_accounts;
INSERT INTO pstn_credit_entries (account, kind, reference, amount, uncovered, explanation)
SELECT number, 'SETTLEMENT', 'call-1', -2.5, 0, '73 s' FROM pstn_credit_accounts;
