-- Rows as the first schema held them. Never changed: later versions must read them.
INSERT INTO sip_users (id, tenant, careflow_id, name, voicemail) VALUES ('u-1', 'clinic.7', 1, 'Alice', true);
INSERT INTO sip_endpoints (user_id, position, address) VALUES ('u-1', 1, 'sip:1001'), ('u-1', 2, '+14165550123');
INSERT INTO pstn_numbers (number, country_code, provider, monthly_cost, currency, status, careflow_user_id, tenant)
VALUES ('+14165550100', '1', 'telnyx', 1.10, 'CAD', 'active', 'u-1', 'clinic.7');
INSERT INTO call_rates (provider, country_code, direction, rate_per_minute, connection_fee)
VALUES ('telnyx', '1', 'INBOUND', 0.0035, 0);
INSERT INTO pstn_cdr (call_id, provider, tenant, direction, carrier, pstn_number, caller_number, caller_name, dialled_number,
    dialled_name, typed_id, careflow_user_id, user_ref, destination_number, start_time, pickup_time, ring_time, ring_end_time, answer_time,
    talk_end_time, end_time, end_exact, ring_ms, talk_ms, billable_ms, duration, status, cause_q850, cause_sip, cause_text,
    released_by, cost, currency, cost_exact, cost_explanation, recording_url, legs, record_version)
VALUES ('asterisk-east/sample', 'asterisk-east', 'clinic.7', 'INBOUND', 'telnyx', '+14165550100', '+14165550199',
    'Zoë O''Neil; DROP TABLE', '14165550100', 'Main', '00**', 'u-1', 'u-1', 'sip:alice@example.org',
    '2026-03-08T06:59:59.001Z', '2026-03-08T06:59:59.501Z', '2026-03-08T07:00:03.101Z', NULL, '2026-03-08T07:00:08.001Z',
    '2026-03-08T07:01:08.002Z', '2026-03-08T07:01:09.001Z', false, 4900, 60001, 69500, 61, 'ANSWERED', 16, 200,
    'Normal clearing', 'CALLER', 0.0132, 'CAD', 0.0131666667, 'prefix 1416, 66 s billed',
    'https://recordings.example.org/r/1?x=%20y',
    '[{"leg":"leg-1","destination":"sip:1001","dialled":"2026-03-08T07:00:03.001Z","ringing":null,"answered":null,"ended":"2026-03-08T07:00:03.501Z","cause":{"q850":17,"sip":486,"text":"Occupé 忙"}},{"leg":"leg-2","destination":"sip:alice@example.org","dialled":"2026-03-08T07:00:03.001Z","ringing":"2026-03-08T07:00:03.101Z","answered":"2026-03-08T07:00:08.001Z","ended":"2026-03-08T07:01:08.002Z","cause":{"q850":16,"sip":null,"text":"Normal clearing"}}]',
    1);
