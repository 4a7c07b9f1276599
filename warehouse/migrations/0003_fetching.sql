-- Pages from the web: the log of fetching, what is known of each address and host, and where the raw store holds a page.
-- One address fetched in one run, with its outcome.
CREATE TABLE meta.fetches (
    url VARCHAR NOT NULL,
    url_key VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    source_id VARCHAR,
    host VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome VARCHAR NOT NULL,
    detail VARCHAR,
    http_status BIGINT,
    content_type VARCHAR,
    byte_count BIGINT,
    transferred_count BIGINT NOT NULL,
    seconds DOUBLE NOT NULL,
    attempt_count BIGINT NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    sha256 VARCHAR,
    payload_digest VARCHAR,
    warc_file VARCHAR,
    warc_offset BIGINT,
    log_file VARCHAR NOT NULL,
    log_offset BIGINT NOT NULL,
    run_id VARCHAR NOT NULL
);

-- One address as it was last fetched.
CREATE TABLE meta.urls (
    url_key VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    source_id VARCHAR,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome VARCHAR NOT NULL,
    failure_count BIGINT NOT NULL,
    look_count BIGINT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    etag VARCHAR,
    last_modified VARCHAR,
    final_url VARCHAR NOT NULL,
    stored_at TIMESTAMP WITH TIME ZONE,
    sha256 VARCHAR,
    payload_digest VARCHAR,
    byte_count BIGINT,
    content_type VARCHAR,
    warc_file VARCHAR,
    warc_offset BIGINT,
    run_id VARCHAR NOT NULL
);

-- One host as it last behaved.
CREATE TABLE meta.hosts (
    host VARCHAR NOT NULL,
    failure_count BIGINT NOT NULL,
    rest_count BIGINT NOT NULL,
    left_alone_until_at TIMESTAMP WITH TIME ZONE,
    run_id VARCHAR NOT NULL
);

ALTER TABLE meta.pages ADD COLUMN warc_file VARCHAR;
ALTER TABLE meta.pages ADD COLUMN warc_offset BIGINT;
