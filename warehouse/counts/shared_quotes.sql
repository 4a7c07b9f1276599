-- What was said long enough ago that no further wording joins it.
INSERT INTO meta.counted_quotes
SELECT s.*
FROM shared_quotes AS s
SEMI JOIN (SELECT utterance_id FROM utterances WHERE first_seen_at <= getvariable('settled_at')::TIMESTAMPTZ) AS u ON u.utterance_id = s.utterance_id
WHERE s.utterance_id >= getvariable('part_from') AND s.utterance_id < getvariable('part_to')
ORDER BY s.utterance_id;
