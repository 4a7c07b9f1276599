-- severity: fail
-- A speaker's offsets point at the words that name the speaker.
-- scope: row
-- runbook: keys-and-offsets
SELECT q.quote_id, q.article_id, q.speaker_surface, substr(a.text, q.speaker_start + 1, q.speaker_end - q.speaker_start) AS found
FROM checked_quotes AS q
JOIN checked_articles AS a ON a.article_id = q.article_id
WHERE q.speaker_start IS NOT NULL
  AND substr(a.text, q.speaker_start + 1, q.speaker_end - q.speaker_start) IS DISTINCT FROM q.speaker_surface;
