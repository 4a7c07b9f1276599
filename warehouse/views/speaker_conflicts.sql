-- The same words credited to different speakers: two wordings, whom each outlet names, and the words that differ.
-- site: One outlet
-- speaker: Whom it credits
-- wording: Its wording
-- other_site: The other outlet
-- other_speaker: Whom that one credits
-- other_wording: Its wording
-- kinds: How the wordings differ: exact shorter bracket ellipsis wording spelling narration speaker
-- difference: Words that differ: −only in the first, +only in the other
-- quote_id: Quotation in the first article
-- other_quote_id: Quotation in the other
-- article_id: Article of the first outlet
-- other_article_id: Article of the other
-- source_id: Source of the first
-- other_source_id: Source of the other
CREATE OR REPLACE VIEW speaker_conflicts AS
SELECT
    w.utterance_id,
    a.source_id,
    coalesce(a.site, a.source_id) AS site,
    q.speaker,
    q.text AS wording,
    coalesce(o.site, o.source_id) AS other_site,
    p.speaker AS other_speaker,
    p.text AS other_wording,
    w.kinds,
    w.difference,
    q.quote_id,
    p.quote_id AS other_quote_id,
    a.article_id,
    o.article_id AS other_article_id,
    o.source_id AS other_source_id
FROM meta.wording_pairs AS w
JOIN meta.quote_rows AS q ON q.article_id = w.article_id AND q.char_start = w.char_start AND q.char_end = w.char_end
JOIN meta.quote_rows AS p ON p.article_id = w.other_article_id AND p.char_start = w.other_char_start AND p.char_end = w.other_char_end
JOIN articles AS a ON a.article_id = w.article_id
JOIN articles AS o ON o.article_id = w.other_article_id
WHERE list_contains(w.kinds, 'speaker');
