-- Of each of the stories of the last day the sentence that most outlets quote, with its wordings.
WITH told AS (
    SELECT story_id FROM stories
    WHERE article_count > 1 AND last_article_at > $now::TIMESTAMPTZ - INTERVAL 1 DAY AND last_article_at <= $now::TIMESTAMPTZ + INTERVAL 1 DAY
    ORDER BY site_count DESC, article_count DESC, last_article_at DESC, story_id
    LIMIT $limit
), repeated AS (
    SELECT u.story_id, u.utterance_id, e.name AS speaker
    FROM utterances AS u
    SEMI JOIN told AS t ON t.story_id = u.story_id
    LEFT JOIN entities AS e ON e.entity_id = u.speaker_entity_id
    WHERE u.site_count > 1
    QUALIFY row_number() OVER (PARTITION BY u.story_id ORDER BY u.site_count DESC, u.wording_count DESC, length(u.text) DESC, u.utterance_id) = 1
)
SELECT r.story_id, r.utterance_id, r.speaker, w.site, w.wording, w.other_site, w.other_wording, w.kinds, w.difference
FROM repeated AS r
JOIN wordings AS w ON w.utterance_id = r.utterance_id
ORDER BY r.story_id, w.site, w.other_site, w.wording, w.other_wording;
