-- Copies and stories as they were decided, and all that follows from them. A story that was joined to another takes all its articles along.
INSERT INTO touched_stories
SELECT story_id FROM link_decided WHERE story_id IS NOT NULL
UNION SELECT story_id FROM link_merged
UNION SELECT into_id FROM link_merged;

INSERT INTO touched_copies
SELECT d.copy_id FROM link_decided AS d
UNION SELECT a.copy_id FROM articles AS a JOIN link_decided AS d ON d.article_id = a.article_id
WHERE a.copy_id IS DISTINCT FROM d.copy_id AND a.copy_id IS NOT NULL;

UPDATE articles SET story_id = d.story_id, copy_id = d.copy_id
FROM link_decided AS d
WHERE articles.article_id = d.article_id
  AND (articles.story_id IS DISTINCT FROM d.story_id OR articles.copy_id IS DISTINCT FROM d.copy_id);

UPDATE articles SET story_id = m.into_id FROM link_merged AS m WHERE articles.story_id = m.story_id;

UPDATE meta.link_articles SET story_id = d.story_id, copy_id = d.copy_id, is_round_up = d.story_id IS NULL
FROM link_decided AS d WHERE link_articles.article_id = d.article_id;

UPDATE meta.link_articles SET story_id = m.into_id FROM link_merged AS m WHERE link_articles.story_id = m.story_id;

UPDATE utterances SET story_id = m.into_id FROM link_merged AS m WHERE utterances.story_id = m.story_id;
