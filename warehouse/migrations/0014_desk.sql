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
