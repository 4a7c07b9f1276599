-- The tables of the first version. No keys, foreign keys or secondary indexes: checks find duplicates and orphans.
CREATE SCHEMA IF NOT EXISTS meta;

-- One article: one canonical URL, its latest version.
CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    url VARCHAR,
    canonical_url VARCHAR,
    site VARCHAR,
    source_id VARCHAR NOT NULL,
    title VARCHAR,
    text VARCHAR NOT NULL,
    authors VARCHAR[] NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    published_precision VARCHAR,
    published_from VARCHAR,
    modified_at TIMESTAMP WITH TIME ZONE,
    language VARCHAR,
    word_count BIGINT NOT NULL,
    syndicated_from VARCHAR,
    story_id VARCHAR NOT NULL,
    flags VARCHAR[] NOT NULL,
    page_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- One quotation in one article.
CREATE TABLE quotes (
    quote_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    speaker VARCHAR,
    speaker_surface VARCHAR,
    speaker_entity_id VARCHAR,
    speaker_name_id VARCHAR,
    cue VARCHAR,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    speaker_start BIGINT,
    speaker_end BIGINT,
    variant_id VARCHAR NOT NULL
);

-- One person, organisation, place or group.
CREATE TABLE entities (
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL,
    country_code VARCHAR
);

-- One mention of an entity in an article.
CREATE TABLE mentions (
    article_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    name_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL
);

-- One block stripped from one page.
CREATE TABLE boilerplate (
    page_id VARCHAR NOT NULL,
    article_id VARCHAR,
    position BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);

-- One page version seen in one run, with its outcome.
CREATE TABLE meta.pages (
    page_id VARCHAR,
    location VARCHAR NOT NULL,
    url VARCHAR,
    source_id VARCHAR NOT NULL,
    sha256 VARCHAR,
    byte_count BIGINT,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    http_status BIGINT,
    outcome VARCHAR NOT NULL,
    detail VARCHAR,
    article_id VARCHAR,
    extractor_version VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    run_id VARCHAR NOT NULL
);

-- One broken rule of one row kept out by its contract.
CREATE TABLE meta.quarantine (
    table_name VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    payload JSON NOT NULL,
    page_id VARCHAR,
    run_id VARCHAR NOT NULL,
    replayed_at TIMESTAMP WITH TIME ZONE
);

-- One run of a flow, with its sums.
CREATE TABLE meta.runs (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
    page_count BIGINT NOT NULL,
    loaded_count BIGINT NOT NULL,
    unchanged_count BIGINT NOT NULL,
    duplicate_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    quarantined_count BIGINT NOT NULL,
    extractor_version VARCHAR NOT NULL,
    detail VARCHAR
);

-- One figure of one source in one run.
CREATE TABLE meta.metrics (
    run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    measured_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- One check in one run.
CREATE TABLE meta.checks (
    run_id VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    is_passed BOOLEAN NOT NULL,
    row_count BIGINT NOT NULL,
    examples JSON NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- One stretch of time in which one check kept failing.
CREATE TABLE meta.incidents (
    incident_id VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    source_id VARCHAR,
    severity VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    row_count BIGINT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_failed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    opened_run_id VARCHAR NOT NULL
);

-- One message about one incident.
CREATE TABLE meta.notifications (
    notification_id VARCHAR NOT NULL,
    incident_id VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE
);

-- One block of one site, with the different articles it stood in.
CREATE TABLE meta.site_blocks (
    site VARCHAR NOT NULL,
    block_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    judged_count BIGINT,
    article_ids VARCHAR[] NOT NULL,
    article_count BIGINT NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- One name that articles give an entity in full.
CREATE TABLE meta.entity_names (
    name_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    country_code VARCHAR,
    forms VARCHAR[] NOT NULL,
    group_key VARCHAR NOT NULL,
    look_key VARCHAR,
    offer_keys VARCHAR[] NOT NULL,
    article_count BIGINT NOT NULL,
    article_ids VARCHAR[] NOT NULL
);

-- One merge of a name into an entity, in force or undone.
CREATE TABLE meta.entity_links (
    name_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE
);

-- One name that the operator's alias file gives to an entity, or keeps apart from it.
CREATE TABLE meta.entity_aliases (
    name_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    entity_name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    country_code VARCHAR,
    is_apart BOOLEAN NOT NULL
);

-- One step of the warehouse's layout.
CREATE TABLE meta.migrations (
    version BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE NOT NULL,
    newsduck_version VARCHAR NOT NULL
);
