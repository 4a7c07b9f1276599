-- What connects articles: copies, stories, utterances with their wordings and narrations.
-- Articles with equal texts were known by story_id: they are copies. `newsduck ingest` then computes
-- the stories of the last days (flows/linking), and says so.
ALTER TABLE articles ALTER COLUMN story_id DROP NOT NULL;
ALTER TABLE articles ADD COLUMN copy_id VARCHAR;
UPDATE articles SET copy_id = story_id, story_id = NULL;

ALTER TABLE quotes RENAME COLUMN variant_id TO utterance_id;
ALTER TABLE quotes ALTER COLUMN utterance_id DROP NOT NULL;

-- One event as outlets tell it.
CREATE TABLE stories (
    story_id VARCHAR NOT NULL,
    title VARCHAR,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_article_at TIMESTAMP WITH TIME ZONE NOT NULL,
    article_count BIGINT NOT NULL,
    copy_count BIGINT NOT NULL,
    site_count BIGINT NOT NULL,
    entity_ids VARCHAR[] NOT NULL
);

-- One thing said, however outlets word it.
CREATE TABLE utterances (
    utterance_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    speaker_entity_id VARCHAR,
    story_id VARCHAR,
    wording_count BIGINT NOT NULL,
    article_count BIGINT NOT NULL,
    site_count BIGINT NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL
);

INSERT INTO utterances
SELECT
    q.utterance_id, max(q.text), mode(q.speaker_entity_id), NULL, count(DISTINCT q.text),
    count(DISTINCT q.article_id), count(DISTINCT coalesce(a.site, a.source_id)), min(a.first_seen_at)
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id
GROUP BY q.utterance_id;

-- Words that one outlet quotes and another prints as its own.
CREATE TABLE narrations (
    article_id VARCHAR NOT NULL,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    utterance_id VARCHAR NOT NULL
);

-- One link between two articles or quotations, with its evidence.
CREATE TABLE meta.links (
    kind VARCHAR NOT NULL,
    from_id VARCHAR NOT NULL,
    to_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    other_article_id VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    parts JSON NOT NULL,
    link_version VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL
);

-- What people have said of links: it overrides what linking decides.
CREATE TABLE meta.link_corrections (
    correction_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    is_apart BOOLEAN NOT NULL,
    side BIGINT NOT NULL,
    id VARCHAR NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- One pair of wordings of one utterance.
CREATE TABLE meta.wording_pairs (
    utterance_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    other_article_id VARCHAR NOT NULL,
    other_char_start BIGINT NOT NULL,
    other_char_end BIGINT NOT NULL,
    kinds VARCHAR[] NOT NULL,
    difference VARCHAR NOT NULL
);

-- What linking keeps of recent articles and their quotations; rows leave when the window has passed.
CREATE TABLE meta.link_articles (
    article_id VARCHAR NOT NULL,
    published_on DATE,
    seen_on DATE NOT NULL,
    story_id VARCHAR,
    copy_id VARCHAR NOT NULL,
    is_round_up BOOLEAN NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    terms UINTEGER[] NOT NULL,
    counts UTINYINT[] NOT NULL,
    marks UTINYINT[] NOT NULL,
    words UINTEGER[] NOT NULL,
    quoted UINTEGER[] NOT NULL
);

CREATE TABLE meta.link_quotes (
    quote_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    published_on DATE,
    seen_on DATE NOT NULL,
    utterance_id VARCHAR,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    char_start BIGINT NOT NULL,
    char_end BIGINT NOT NULL,
    speaker VARCHAR,
    speaker_name_id VARCHAR,
    keys UINTEGER[] NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL
);
