-- Publishers of sources.yml, joined by articles.source_id.
CREATE TABLE sources (
    source_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    site VARCHAR NOT NULL,
    country VARCHAR,
    language VARCHAR,
    owner VARCHAR,
    tier BIGINT NOT NULL,
    timezone VARCHAR,
    is_enabled BOOLEAN NOT NULL
);

-- Which texts the full-text index holds; the index itself stands in schemas named fts_meta_search_….
CREATE TABLE meta.search_documents (
    article_id VARCHAR NOT NULL,
    page_id VARCHAR NOT NULL,
    part VARCHAR NOT NULL
);

-- What `observed` is counted in, and where a run can be looked at in Prefect.
ALTER TABLE meta.incidents ADD COLUMN unit VARCHAR;
ALTER TABLE meta.runs ADD COLUMN url VARCHAR;

-- The text of each version, so that an article can be read as it stood on a day.
ALTER TABLE article_versions ADD COLUMN text VARCHAR;
UPDATE article_versions SET text = a.text
FROM articles AS a
WHERE a.article_id = article_versions.article_id AND substr(sha256(a.text), 1, 16) = article_versions.text_hash;

-- Tombstones: articles and pages that were erased and are not taken in again.
CREATE TABLE meta.erased (
    key VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    erased_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason VARCHAR NOT NULL
);

-- Stories that somebody asked to hear of (watches.yml), each once for a watch.
CREATE TABLE meta.watch_hits (
    watch VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    matched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    message_id VARCHAR
);
