-- A row for each story that was touched, from its articles; a story without articles is gone.
-- needs: touched_stories, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE story_rows AS
SELECT a.rowid AS row_number FROM articles AS a SEMI JOIN touched_stories AS t ON t.story_id = a.story_id;

-- needs: story_rows, else (article_id VARCHAR, story_id VARCHAR, copy_id VARCHAR, title VARCHAR, site VARCHAR, told_at TIMESTAMPTZ)
CREATE OR REPLACE TEMP TABLE story_articles AS
SELECT a.article_id, a.story_id, a.copy_id, a.title, coalesce(a.site, a.source_id) AS site, coalesce(a.published_at, a.first_seen_at) AS told_at
FROM articles AS a
JOIN story_rows AS r ON r.row_number = a.rowid;

-- needs: story_articles, else (article_number BIGINT, story_id VARCHAR)
CREATE OR REPLACE TEMP TABLE story_numbers AS
SELECT f.article_number, s.story_id FROM meta.article_facts AS f JOIN story_articles AS s ON s.article_id = f.article_id
WHERE f.told_on >= (SELECT min(told_at)::DATE FROM story_articles);

-- needs: story_numbers, else (story_id VARCHAR, article_number BIGINT, name_number BIGINT)
CREATE OR REPLACE TEMP TABLE story_names AS
SELECT s.story_id, s.article_number, m.name_number FROM meta.mention_rows AS m JOIN story_numbers AS s ON s.article_number = m.article_number;

-- needs: story_articles, else (story_id VARCHAR, title VARCHAR, started_at TIMESTAMPTZ, last_article_at TIMESTAMPTZ, article_count BIGINT, copy_count BIGINT, site_count BIGINT, entity_ids VARCHAR[])
CREATE OR REPLACE TEMP TABLE made_stories AS
WITH named AS (
    SELECT s.story_id, n.entity_id, count(DISTINCT s.article_number) AS article_count, count(*) AS mention_count
    FROM story_names AS s
    JOIN meta.entity_names AS n ON n.name_number = s.name_number
    GROUP BY s.story_id, n.entity_id
), counted AS (
    SELECT story_id, min(told_at) AS started_at, max(told_at) AS last_article_at, count(*) AS article_count,
           count(*) - count(DISTINCT coalesce(copy_id, article_id)) AS copy_count, count(DISTINCT site) AS site_count,
           arg_min(title, (told_at, article_id)) FILTER (title IS NOT NULL) AS first_title
    FROM story_articles
    GROUP BY story_id
), telling AS (
    SELECT n.story_id, list(n.entity_id ORDER BY n.article_count DESC, n.mention_count DESC, n.entity_id)[1:8] AS entity_ids
    FROM named AS n
    JOIN counted AS c ON c.story_id = n.story_id AND 2 * n.article_count >= c.article_count
    GROUP BY n.story_id
)
SELECT c.story_id, coalesce(a.title, c.first_title) AS title, c.started_at, c.last_article_at, c.article_count, c.copy_count, c.site_count,
       coalesce(t.entity_ids, []) AS entity_ids
FROM counted AS c
LEFT JOIN telling AS t ON t.story_id = c.story_id
LEFT JOIN link_central AS k ON k.story_id = c.story_id
LEFT JOIN story_articles AS a ON a.article_id = k.article_id AND a.story_id = k.story_id;

-- needs: touched_stories
DELETE FROM stories WHERE story_id IN (SELECT story_id FROM touched_stories);
-- needs: made_stories
INSERT INTO stories SELECT * FROM made_stories ORDER BY story_id;

-- Utterances of a story that lost its last article are in none.
-- needs: touched_stories, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE left_utterances AS
SELECT u.rowid AS row_number FROM utterances AS u
WHERE u.story_id IN (SELECT story_id FROM touched_stories EXCEPT SELECT story_id FROM made_stories);

-- needs: left_utterances
UPDATE utterances SET story_id = NULL FROM left_utterances AS l WHERE utterances.rowid = l.row_number;
