-- The stories of the last day, those of most outlets first: who tells them, how many copies there are, and how often speakers differ.
WITH told AS (
    SELECT story_id, title, started_at, last_article_at, article_count, copy_count, site_count
    FROM stories
    WHERE article_count > 1 AND last_article_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY AND last_article_at <= $now::TIMESTAMPTZ + INTERVAL 1 DAY
    ORDER BY site_count DESC, article_count DESC, last_article_at DESC, story_id
    LIMIT $limit
), outlets AS (
    SELECT a.story_id, list_sort(list(DISTINCT coalesce(a.site, a.source_id))) AS sites
    FROM articles AS a SEMI JOIN told AS t ON t.story_id = a.story_id
    GROUP BY a.story_id
), conflicts AS (
    SELECT u.story_id, count(DISTINCT c.utterance_id) AS conflict_count
    FROM speaker_conflicts AS c JOIN utterances AS u ON u.utterance_id = c.utterance_id
    GROUP BY u.story_id
)
SELECT t.*, o.sites, coalesce(c.conflict_count, 0) AS conflict_count
FROM told AS t
LEFT JOIN outlets AS o ON o.story_id = t.story_id
LEFT JOIN conflicts AS c ON c.story_id = t.story_id
ORDER BY t.site_count DESC, t.article_count DESC, t.last_article_at DESC, t.story_id;
