-- severity: fail
-- Every quote, mention and stripped block belongs to an article that is there, every mention and speaker to an entity.
SELECT 'quotes' AS table_name, q.quote_id AS row_key
FROM quotes AS q SEMI JOIN checked_ids AS c ON c.article_id = q.article_id ANTI JOIN articles AS a ON a.article_id = q.article_id
UNION ALL
SELECT 'mentions', m.article_id || '/' || m.char_start
FROM mentions AS m SEMI JOIN checked_ids AS c ON c.article_id = m.article_id ANTI JOIN articles AS a ON a.article_id = m.article_id
UNION ALL
SELECT 'mentions', m.article_id || '/' || m.char_start
FROM mentions AS m SEMI JOIN checked_ids AS c ON c.article_id = m.article_id ANTI JOIN entities AS e ON e.entity_id = m.entity_id
UNION ALL
SELECT 'quotes', q.quote_id
FROM quotes AS q SEMI JOIN checked_ids AS c ON c.article_id = q.article_id ANTI JOIN entities AS e ON e.entity_id = q.speaker_entity_id
WHERE q.speaker_entity_id IS NOT NULL
UNION ALL
SELECT 'boilerplate', b.page_id || '/' || b.position
FROM boilerplate AS b SEMI JOIN checked_ids AS c ON c.article_id = b.article_id ANTI JOIN articles AS a ON a.article_id = b.article_id;
