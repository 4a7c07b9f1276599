-- severity: fail
-- Keys are unique: articles, their versions, quotes, mentions, entities, their names.
-- scope: table
-- runbook: keys-and-offsets
SELECT 'articles' AS table_name, a.article_id AS row_key, count(*) AS rows
FROM checked_present AS a SEMI JOIN checked_ids AS c ON c.article_id = a.article_id
GROUP BY a.article_id HAVING count(*) > 1
UNION ALL
SELECT 'article_versions', v.article_id || '/' || v.version, count(*)
FROM checked_article_versions AS v
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'quotes', q.quote_id, count(*)
FROM checked_quotes AS q
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'mentions', m.article_id || '/' || m.char_start, count(*)
FROM checked_mentions AS m
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'entities', e.entity_id, count(*)
FROM checked_entities AS e
WHERE e.entity_id IN (SELECT m.entity_id FROM checked_mentions AS m)
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'meta.entity_names', coalesce(n.name_id, n.name_number::VARCHAR), count(*)
FROM checked_names AS n
WHERE n.name_id IN (SELECT m.name_id FROM checked_mentions AS m) OR n.name_number IN (SELECT m.name_number FROM checked_mentions AS m)
GROUP BY GROUPING SETS ((n.name_id), (n.name_number)) HAVING count(*) > 1
UNION ALL
SELECT 'stories', s.story_id, count(*)
FROM stories AS s
WHERE s.story_id IN (SELECT a.story_id FROM checked_present AS a SEMI JOIN checked_ids AS c ON c.article_id = a.article_id)
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'utterances', u.utterance_id, count(*)
FROM checked_utterances AS u
WHERE u.utterance_id IN (SELECT q.utterance_id FROM checked_quotes AS q)
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'narrations', n.article_id || '/' || n.char_start, count(*)
FROM narrations AS n SEMI JOIN checked_ids AS c ON c.article_id = n.article_id
GROUP BY ALL HAVING count(*) > 1;
