-- Texts and headlines that an outlet changed without giving a new time of change: the paragraphs that went and came, one row a version.
-- version: Version that brought the change, from 2
-- seen_at: When it was fetched
-- old_title: Headline before
-- new_title: Headline after
-- site: Outlet
-- url: Address
CREATE OR REPLACE VIEW stealth_edits AS
SELECT
    v.article_id,
    a.site,
    a.url,
    v.version,
    v.seen_at,
    before.title AS old_title,
    v.title AS new_title,
    v.removed,
    v.added
FROM article_versions AS v
JOIN article_versions AS before ON before.article_id = v.article_id AND before.version = v.version - 1
JOIN articles AS a ON a.article_id = v.article_id
WHERE NOT v.is_announced AND v.is_same_extractor AND (list_contains(v.changed, 'text') OR list_contains(v.changed, 'title'));
