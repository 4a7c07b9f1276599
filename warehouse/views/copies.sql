-- Articles that print another's text: the original and why it is taken for it, how much of the shorter text both share (0 to 1), paragraphs added and cut.
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
