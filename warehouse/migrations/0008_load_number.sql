-- Runs are ordered by a number that the warehouse gives them, not by the clock. Earlier runs are numbered in the order they were written.
ALTER TABLE meta.runs RENAME TO runs_before;
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
    detail VARCHAR,
    load_number BIGINT NOT NULL
);
INSERT INTO meta.runs SELECT *, row_number() OVER (ORDER BY rowid) FROM meta.runs_before;
DROP TABLE meta.runs_before;
