-- Revisions: every article's versions as its outlet printed them. Articles that are there already get their present one as the first.
CREATE TABLE article_versions (
    article_id VARCHAR NOT NULL,
    version BIGINT NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    page_id VARCHAR NOT NULL,
    title VARCHAR,
    text_hash VARCHAR NOT NULL,
    word_count BIGINT NOT NULL,
    changed VARCHAR[] NOT NULL,
    removed VARCHAR[] NOT NULL,
    added VARCHAR[] NOT NULL,
    is_announced BOOLEAN NOT NULL,
    is_same_extractor BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL
);

INSERT INTO article_versions
SELECT article_id, 1, last_seen_at, page_id, title, substr(sha256(text), 1, 16), word_count, [], [], [], true, true, run_id
FROM articles;
