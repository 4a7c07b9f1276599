-- Copies and stories as they were decided, and all that follows from them. A story that was joined to another takes all its articles along.
INSERT INTO touched_stories
SELECT story_id FROM link_decided WHERE story_id IS NOT NULL
UNION SELECT story_id FROM link_merged
UNION SELECT into_id FROM link_merged;

-- Articles whose story or copy changes, by row number. Those of a load are the last of their table; the others are sought from the day on
-- that the first of them was seen, which the window knows.
CREATE OR REPLACE TEMP TABLE link_changed AS
SELECT a.rowid AS row_number, d.article_id, d.story_id, d.copy_id, a.story_id AS former_story_id, a.copy_id AS former_copy_id
FROM articles AS a
JOIN link_decided AS d ON d.article_id = a.article_id
WHERE a.rowid >= getvariable('first_article_row');

CREATE OR REPLACE TEMP TABLE link_unsettled AS
SELECT d.article_id, d.story_id, d.copy_id
FROM link_decided AS d ANTI JOIN link_changed AS c ON c.article_id = d.article_id
WHERE NOT d.is_settled;

-- needs: link_unsettled
SET VARIABLE unsettled_since = (
    SELECT CASE WHEN count(l.seen_on) = count(*) THEN min(l.seen_on)::TIMESTAMPTZ ELSE '-infinity' END
    FROM link_unsettled AS d
    LEFT JOIN meta.link_articles AS l ON l.article_id = d.article_id
);

-- needs: link_unsettled, else (row_number BIGINT)
CREATE OR REPLACE TEMP TABLE link_unsettled_rows AS
SELECT a.rowid AS row_number FROM articles AS a SEMI JOIN link_unsettled AS d ON d.article_id = a.article_id
WHERE a.first_seen_at >= getvariable('unsettled_since')::TIMESTAMPTZ;

-- needs: link_unsettled_rows
INSERT INTO link_changed
SELECT a.rowid, d.article_id, d.story_id, d.copy_id, a.story_id, a.copy_id
FROM articles AS a
JOIN link_unsettled_rows AS r ON r.row_number = a.rowid
JOIN link_unsettled AS d ON d.article_id = a.article_id;

DELETE FROM link_changed WHERE story_id IS NOT DISTINCT FROM former_story_id AND copy_id IS NOT DISTINCT FROM former_copy_id;

-- A story that lost an article is made anew.
INSERT INTO touched_stories
SELECT former_story_id FROM link_changed WHERE former_story_id IS DISTINCT FROM story_id AND former_story_id IS NOT NULL;

INSERT INTO touched_copies
SELECT copy_id FROM link_decided
UNION SELECT former_copy_id FROM link_changed WHERE copy_id IS DISTINCT FROM former_copy_id AND former_copy_id IS NOT NULL;

-- needs: link_changed
UPDATE articles SET story_id = c.story_id, copy_id = c.copy_id FROM link_changed AS c WHERE articles.rowid = c.row_number;

-- Keys first: where an UPDATE compares keys, a lake reads all columns of all rows.
-- needs: link_merged, else (row_number BIGINT, into_id VARCHAR)
CREATE OR REPLACE TEMP TABLE merged_rows AS
SELECT a.rowid AS row_number, m.into_id FROM articles AS a JOIN link_merged AS m ON m.story_id = a.story_id;

-- needs: merged_rows
UPDATE articles SET story_id = m.into_id FROM merged_rows AS m WHERE articles.rowid = m.row_number;

-- needs: link_decided, else (row_number BIGINT, story_id VARCHAR, copy_id VARCHAR)
CREATE OR REPLACE TEMP TABLE decided_prints AS
SELECT l.rowid AS row_number, d.story_id, d.copy_id FROM meta.link_articles AS l JOIN link_decided AS d ON d.article_id = l.article_id;

-- needs: decided_prints
UPDATE meta.link_articles SET story_id = d.story_id, copy_id = d.copy_id, is_round_up = d.story_id IS NULL
FROM decided_prints AS d WHERE link_articles.rowid = d.row_number;

-- needs: link_merged, else (row_number BIGINT, into_id VARCHAR)
CREATE OR REPLACE TEMP TABLE merged_prints AS
SELECT l.rowid AS row_number, m.into_id FROM meta.link_articles AS l JOIN link_merged AS m ON m.story_id = l.story_id;

-- needs: merged_prints
UPDATE meta.link_articles SET story_id = m.into_id FROM merged_prints AS m WHERE link_articles.rowid = m.row_number;

-- needs: link_merged, else (row_number BIGINT, into_id VARCHAR)
CREATE OR REPLACE TEMP TABLE merged_utterances AS
SELECT u.rowid AS row_number, m.into_id FROM utterances AS u JOIN link_merged AS m ON m.story_id = u.story_id;

-- needs: merged_utterances
UPDATE utterances SET story_id = m.into_id FROM merged_utterances AS m WHERE utterances.rowid = m.row_number;
