-- What has to be linked: the articles that the run wrote, and those that were loaded before linking existed.
CREATE OR REPLACE TEMP TABLE link_fresh AS
SELECT a.article_id, a.title, a.url, a.text, a.published_at, a.first_seen_at, f.story_id AS former_story_id
FROM articles AS a
JOIN link_asked AS k ON k.article_id = a.article_id
LEFT JOIN former_links AS f ON f.article_id = a.article_id;

-- Articles of the stories and copies that these belonged to, whose fingerprints have left the window: they are taken again, so that an old
-- article that is written anew finds its story.
CREATE OR REPLACE TEMP TABLE link_recalled AS
WITH former AS (
    SELECT f.story_id, f.copy_id FROM former_links AS f JOIN link_fresh AS k ON k.article_id = f.article_id
)
SELECT a.article_id, a.title, a.url, a.text, a.published_at, a.first_seen_at, a.story_id, a.copy_id
FROM articles AS a
WHERE (a.story_id IN (SELECT story_id FROM former) OR a.copy_id IN (SELECT copy_id FROM former))
  AND a.article_id NOT IN (SELECT article_id FROM link_fresh)
  AND a.article_id NOT IN (SELECT article_id FROM meta.link_articles)
QUALIFY row_number() OVER (PARTITION BY a.story_id ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.article_id) <= getvariable('recalled_members');

-- Stories and utterances that lose an article or a quotation, or win one: their rows are made anew.
CREATE OR REPLACE TEMP TABLE touched_stories AS
SELECT DISTINCT story_id FROM former_links WHERE story_id IS NOT NULL
UNION
SELECT a.story_id FROM mentions AS m
JOIN moved_names AS n ON n.name_id = m.name_id
JOIN articles AS a ON a.article_id = m.article_id
WHERE a.story_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched_utterances AS
SELECT utterance_id FROM former_utterances
UNION SELECT q.utterance_id FROM quotes AS q JOIN moved_names AS n ON n.name_id = q.speaker_name_id WHERE q.utterance_id IS NOT NULL
UNION SELECT utterance_id FROM narrations WHERE article_id IN (SELECT article_id FROM former_links)
UNION SELECT utterance_id FROM quotes WHERE article_id IN (SELECT article_id FROM link_fresh) AND utterance_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched_copies AS
SELECT DISTINCT copy_id FROM former_links WHERE copy_id IS NOT NULL;

-- Articles that were written anew or taken away hold no link of their former text.
CREATE OR REPLACE TEMP TABLE unlinked AS
SELECT article_id FROM former_links UNION SELECT article_id FROM link_fresh;

DELETE FROM narrations WHERE article_id IN (FROM unlinked);
DELETE FROM meta.links WHERE article_id IN (FROM unlinked) OR other_article_id IN (FROM unlinked);
DELETE FROM meta.wording_pairs WHERE article_id IN (FROM unlinked) OR other_article_id IN (FROM unlinked);
DELETE FROM meta.link_articles
WHERE article_id IN (FROM unlinked) OR linked_at < getvariable('now')::TIMESTAMPTZ - to_days(getvariable('window_days')::INTEGER);
DELETE FROM meta.link_quotes
WHERE article_id IN (FROM unlinked) OR linked_at < getvariable('now')::TIMESTAMPTZ - to_days(getvariable('window_days')::INTEGER);
UPDATE quotes SET utterance_id = NULL WHERE article_id IN (SELECT article_id FROM link_fresh) AND utterance_id IS NOT NULL;
