-- Pairs of articles that linking again joins to one story or copy, and those that it parts; a row a pair.
WITH stories AS (
    SELECT f.article_id, f.story_id AS old_story, a.story_id AS new_story, f.copy_id AS old_copy, a.copy_id AS new_copy, a.title, a.url
    FROM former_links AS f JOIN articles AS a ON a.article_id = f.article_id
), pairs AS (
    SELECT a.article_id, b.article_id AS other_id, a.url, a.title, b.title AS other_title, true AS was_story, false AS was_copy
    FROM stories AS a JOIN stories AS b ON a.article_id < b.article_id AND a.old_story = b.old_story AND a.new_story IS DISTINCT FROM b.new_story
    UNION ALL
    SELECT a.article_id, b.article_id, a.url, a.title, b.title, false, false
    FROM stories AS a JOIN stories AS b ON a.article_id < b.article_id AND a.new_story = b.new_story AND a.old_story IS DISTINCT FROM b.old_story
    UNION ALL
    SELECT a.article_id, b.article_id, a.url, a.title, b.title, true, true
    FROM stories AS a JOIN stories AS b ON a.article_id < b.article_id AND a.old_copy = b.old_copy AND a.new_copy IS DISTINCT FROM b.new_copy
    UNION ALL
    SELECT a.article_id, b.article_id, a.url, a.title, b.title, false, true
    FROM stories AS a JOIN stories AS b ON a.article_id < b.article_id AND a.new_copy = b.new_copy AND a.old_copy IS DISTINCT FROM b.old_copy
)
SELECT
    CASE WHEN was_copy THEN CASE WHEN was_story THEN 'copies parted' ELSE 'copies joined' END
         WHEN was_story THEN 'stories split' ELSE 'stories joined' END AS kind,
    article_id,
    url,
    format('{} | {}', coalesce(title, 'no headline'), coalesce(other_title, 'no headline')) AS detail
FROM pairs;
