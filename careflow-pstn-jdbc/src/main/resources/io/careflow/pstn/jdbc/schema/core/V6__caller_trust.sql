ALTER TABLE pstn_cdr ADD COLUMN caller_trust JSONB;

COMMENT ON COLUMN pstn_cdr.caller_trust IS 'How far the caller''s number is to be believed: level, attestation, origid, source, reason, raw; NULL: nobody looked';
