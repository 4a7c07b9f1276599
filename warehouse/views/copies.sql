-- Articles that print another's text: the original and why it is taken for it, how much of the shorter text both share (0 to 1), paragraphs added and cut.
-- original_id: Article that the text was taken from
-- copy_article_id: Article that prints it too
-- original_site: Outlet of the original
-- copy_site: Outlet of the copy
-- why: Why the first one is taken for the original: credited, published first, seen first
-- shared: Share of the shorter text that both print, 0 to 1
-- added: Paragraphs that the copy adds
-- cut: Paragraphs that the copy leaves out
-- original_title: Headline of the original
-- copy_title: Headline of the copy
-- is_title_changed: Whether the headlines differ
CREATE OR REPLACE VIEW copies AS
SELECT
    l.to_id AS original_id,
    l.from_id AS copy_article_id,
    coalesce(o.site, o.source_id) AS original_site,
    coalesce(c.site, c.source_id) AS copy_site,
    json_extract_string(l.parts, '$.why') AS why,
    json_extract(l.parts, '$.of_shorter')::DOUBLE AS shared,
    from_json(json_extract(l.parts, '$.added'), '["VARCHAR"]') AS added,
    from_json(json_extract(l.parts, '$.cut'), '["VARCHAR"]') AS cut,
    o.title AS original_title,
    c.title AS copy_title,
    o.title IS DISTINCT FROM c.title AS is_title_changed,
    c.copy_id
FROM meta.links AS l
JOIN articles AS o ON o.article_id = l.to_id
JOIN articles AS c ON c.article_id = l.from_id
WHERE l.kind = 'copy';
