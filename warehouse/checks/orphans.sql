-- severity: fail
-- Every quote, mention, version and stripped block belongs to its article, every article to a version, every mention and speaker to an entity, every link to what it joins.
-- scope: table
-- runbook: keys-and-offsets
SELECT 'quotes' AS table_name, q.quote_id AS row_key
FROM checked_quotes AS q ANTI JOIN checked_present AS a ON a.article_id = q.article_id
UNION ALL
SELECT 'mentions', m.article_id || '/' || m.char_start
FROM checked_mentions AS m ANTI JOIN checked_present AS a ON a.article_id = m.article_id
UNION ALL
SELECT 'mentions', m.article_id || '/' || m.char_start
FROM checked_mentions AS m ANTI JOIN checked_entities AS e ON e.entity_id = m.entity_id
UNION ALL
SELECT 'quotes', q.quote_id
FROM checked_quotes AS q ANTI JOIN checked_entities AS e ON e.entity_id = q.speaker_entity_id
WHERE q.speaker_name_number IS NOT NULL
UNION ALL
SELECT 'meta.entity_links', l.name_id
FROM checked_entity_links AS l ANTI JOIN checked_names AS n ON n.name_id = l.name_id AND n.entity_id = l.entity_id
WHERE l.undone_at IS NULL
UNION ALL
SELECT 'meta.entity_names', n.name_id
FROM checked_names AS n ANTI JOIN meta.entity_links AS l ON l.name_id = n.name_id AND l.entity_id = n.entity_id AND l.undone_at IS NULL
WHERE n.entity_id NOT IN (n.name_id, n.plain_id)
UNION ALL
SELECT 'entities', e.entity_id
FROM checked_entities AS e ANTI JOIN checked_names AS n ON n.entity_id = e.entity_id
UNION ALL
SELECT 'article_versions', v.article_id || '/' || v.version
FROM checked_article_versions AS v ANTI JOIN checked_present AS a ON a.article_id = v.article_id
UNION ALL
SELECT 'articles', a.article_id
FROM checked_articles AS a
ANTI JOIN checked_article_versions AS v ON v.article_id = a.article_id AND v.text_hash = substr(sha256(a.text), 1, 16)
UNION ALL
SELECT 'articles', a.article_id
FROM checked_articles AS a ANTI JOIN checked_facts AS f ON f.article_id = a.article_id
UNION ALL
SELECT 'meta.article_facts', f.article_id
FROM checked_facts AS f SEMI JOIN checked_missing AS c ON c.article_id = f.article_id
UNION ALL
SELECT 'boilerplate', b.page_id || '/' || b.position
FROM checked_boilerplate AS b ANTI JOIN checked_present AS a ON a.article_id = b.article_id
UNION ALL
SELECT 'articles', a.article_id
FROM checked_articles AS a ANTI JOIN stories AS s ON s.story_id = a.story_id
WHERE a.story_id IS NOT NULL
UNION ALL
SELECT 'quotes', q.quote_id
FROM checked_quotes AS q ANTI JOIN checked_utterances AS u ON u.utterance_id = q.utterance_id
WHERE q.utterance_id IS NOT NULL
UNION ALL
SELECT 'narrations', n.article_id || '/' || n.char_start
FROM narrations AS n SEMI JOIN checked_missing AS c ON c.article_id = n.article_id
UNION ALL
SELECT 'narrations', n.article_id || '/' || n.char_start
FROM narrations AS n SEMI JOIN checked_ids AS c ON c.article_id = n.article_id ANTI JOIN checked_utterances AS u ON u.utterance_id = n.utterance_id
UNION ALL
SELECT 'meta.links', l.from_id || '/' || l.to_id
FROM meta.links AS l SEMI JOIN checked_missing AS c ON c.article_id = l.article_id
UNION ALL
SELECT 'meta.links', l.from_id || '/' || l.to_id
FROM meta.links AS l SEMI JOIN checked_missing AS c ON c.article_id = l.other_article_id
UNION ALL
SELECT 'meta.wording_pairs', w.article_id || '/' || w.char_start
FROM meta.wording_pairs AS w SEMI JOIN checked_missing AS c ON c.article_id = w.article_id
UNION ALL
SELECT 'meta.wording_pairs', w.other_article_id || '/' || w.other_char_start
FROM meta.wording_pairs AS w SEMI JOIN checked_missing AS c ON c.article_id = w.other_article_id;
