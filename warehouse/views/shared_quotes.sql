-- What several articles quote: who is said to have said it, in how many wordings, and where. Copies count once in `text_count`. In a large warehouse what was first seen over eight days ago is counted once (docs/warehouse.md).
-- text: The longest wording
-- wording_count: Different wordings, case and punctuation aside
-- speakers: Everybody who is credited
-- article_count: Articles that quote it
-- text_count: The same with copies counted once
-- story_count: Stories of these articles
-- sites: Outlets that quote it
CREATE OR REPLACE VIEW shared_quotes AS
WITH fresh AS (
    SELECT utterance_id
    FROM utterances
    WHERE article_count > 1
      AND first_seen_at > coalesce((SELECT max(settled_at) FROM meta.counts WHERE view_name = 'shared_quotes'), '-infinity'::TIMESTAMPTZ)
)
FROM meta.counted_quotes
UNION ALL
SELECT
    q.utterance_id,
    arg_max(q.text, (length(q.text), q.text)) AS text,
    count(DISTINCT lower(regexp_replace(q.text, '[^\p{L}\p{N}]+', ' ', 'g'))) AS wording_count,
    list_sort(list(DISTINCT coalesce(e.name, q.speaker)) FILTER (q.speaker IS NOT NULL)) AS speakers,
    count(DISTINCT q.article_id) AS article_count,
    count(DISTINCT coalesce(a.copy_id, a.article_id)) AS text_count,
    count(DISTINCT coalesce(a.story_id, a.article_id)) AS story_count,
    list_sort(list(DISTINCT coalesce(a.site, a.source_id))) AS sites
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
LEFT JOIN entities AS e ON e.entity_id = q.speaker_entity_id
WHERE q.kind <> 'indirect' AND q.utterance_id IN (SELECT utterance_id FROM fresh)
GROUP BY q.utterance_id
HAVING count(DISTINCT q.article_id) > 1;
