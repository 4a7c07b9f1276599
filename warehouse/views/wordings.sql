-- One thing said, as two outlets print it: both wordings, how they differ (kinds), and the words that differ (−only in the first +only in the other).
-- speaker: Speaker that most outlets credit
-- site: One outlet
-- wording: Its wording
-- other_site: The other outlet
-- other_wording: Its wording
-- kinds: How they differ: exact shorter bracket ellipsis wording spelling narration speaker
-- difference: Words that differ: −only in the first, +only in the other
-- article_id: Article of the first outlet
-- other_article_id: Article of the other
CREATE OR REPLACE VIEW wordings AS
SELECT
    w.utterance_id,
    u.story_id,
    e.name AS speaker,
    coalesce(a.site, a.source_id) AS site,
    w.wording,
    coalesce(o.site, o.source_id) AS other_site,
    w.other_wording,
    w.kinds,
    w.difference,
    w.article_id,
    w.other_article_id
FROM meta.wording_pairs AS w
JOIN utterances AS u ON u.utterance_id = w.utterance_id
JOIN articles AS a ON a.article_id = w.article_id
JOIN articles AS o ON o.article_id = w.other_article_id
LEFT JOIN entities AS e ON e.entity_id = u.speaker_entity_id;
