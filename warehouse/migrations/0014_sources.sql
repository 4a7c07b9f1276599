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
