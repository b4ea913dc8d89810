ALTER TABLE pstn_cdr ADD COLUMN attempts JSONB;

COMMENT ON COLUMN pstn_cdr.attempts IS 'Every trunk or provider that was tried, in order: why it stood there, what came of it, what was decided; NULL: none was kept';
