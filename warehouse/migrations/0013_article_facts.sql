-- What checks and monitors compare of articles over days, so that they need not read texts.
CREATE TABLE meta.article_facts (
    article_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    language VARCHAR,
    kept_count BIGINT NOT NULL,
    cut_count BIGINT NOT NULL,
    text_key VARCHAR NOT NULL,
    first_line_key VARCHAR NOT NULL,
    last_line_key VARCHAR NOT NULL
);

INSERT INTO meta.article_facts
SELECT
    a.article_id, a.source_id, a.run_id, a.first_seen_at, a.last_seen_at, a.language, length(a.text), coalesce(c.cut_count, 0),
    substr(md5(lower(a.text)), 1, 16), substr(md5(split_part(a.text, chr(10), 1)), 1, 16), substr(md5(split_part(a.text, chr(10), -1)), 1, 16)
FROM articles AS a
LEFT JOIN (SELECT article_id, sum(length(text))::BIGINT AS cut_count FROM boilerplate GROUP BY article_id) AS c ON c.article_id = a.article_id
ORDER BY a.first_seen_at, a.article_id;
