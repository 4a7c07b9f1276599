-- Copies and stories as they were decided, and all that follows from them. A story that was joined to another takes all its articles along.
INSERT INTO touched_stories
SELECT story_id FROM link_decided WHERE story_id IS NOT NULL
UNION SELECT story_id FROM link_merged
UNION SELECT into_id FROM link_merged;

-- Articles whose story or copy changes, by row number: keys are sought in one narrow scan.
CREATE OR REPLACE TEMP TABLE link_changed AS
SELECT a.rowid AS row_number, d.story_id, d.copy_id, a.copy_id AS former_copy_id
FROM articles AS a
JOIN link_decided AS d ON d.article_id = a.article_id
WHERE a.story_id IS DISTINCT FROM d.story_id OR a.copy_id IS DISTINCT FROM d.copy_id;

INSERT INTO touched_copies
SELECT copy_id FROM link_decided
UNION SELECT former_copy_id FROM link_changed WHERE copy_id IS DISTINCT FROM former_copy_id AND former_copy_id IS NOT NULL;

UPDATE articles SET story_id = c.story_id, copy_id = c.copy_id FROM link_changed AS c WHERE articles.rowid = c.row_number;

UPDATE articles SET story_id = m.into_id FROM link_merged AS m WHERE articles.story_id = m.story_id;

UPDATE meta.link_articles SET story_id = d.story_id, copy_id = d.copy_id, is_round_up = d.story_id IS NULL
FROM link_decided AS d WHERE link_articles.article_id = d.article_id;

UPDATE meta.link_articles SET story_id = m.into_id FROM link_merged AS m WHERE link_articles.story_id = m.story_id;

UPDATE utterances SET story_id = m.into_id FROM link_merged AS m WHERE utterances.story_id = m.story_id;
