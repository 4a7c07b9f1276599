-- The same words credited to different speakers: two wordings, whom each outlet names, and the words that differ.
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
JOIN quotes AS q ON q.article_id = w.article_id AND q.char_start = w.char_start AND q.char_end = w.char_end
JOIN quotes AS p ON p.article_id = w.other_article_id AND p.char_start = w.other_char_start AND p.char_end = w.other_char_end
JOIN articles AS a ON a.article_id = w.article_id
JOIN articles AS o ON o.article_id = w.other_article_id
WHERE list_contains(w.kinds, 'speaker');
