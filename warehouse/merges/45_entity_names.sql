-- Names: every name that the run's articles give, counted; names of replaced articles are counted anew and go with their last mention.
CREATE OR REPLACE TEMP TABLE counted_names AS
WITH given AS (
    SELECT m.name_id, m.article_id, list(DISTINCT m.text) AS texts
    FROM staged_mentions AS m
    SEMI JOIN current_versions AS w ON w.article_id = m.article_id AND w.page_id = m.page_id
    WHERE m.name_id NOT IN (FROM orphaned_names)
    GROUP BY ALL
    UNION ALL
    SELECT n.name_id, m.article_id, list(DISTINCT m.text)
    FROM meta.mention_rows AS m
    JOIN numbered_names AS n ON n.name_number = m.name_number
    WHERE n.name_id IN (FROM orphaned_names)
    GROUP BY ALL
)
SELECT name_id, list_distinct(flatten(list(texts))) AS forms, count(*) AS article_count, min(article_id, 6) AS article_ids
FROM given
GROUP BY name_id;

-- As they stood before: what they were found by may be gone afterwards.
CREATE OR REPLACE TEMP TABLE touched_names AS
SELECT n.name_id, n.entity_id, n.group_key, n.look_key, n.offer_keys
FROM former_names AS n
WHERE n.name_id IN (SELECT name_id FROM counted_names) OR n.name_id IN (FROM orphaned_names);

-- Of two spellings of one name, one with a capital within a word leads: "TideWatch" before "Tidewatch". Else the greater one does, which
-- puts "Raúl" before "Raul". So the order of loads decides nothing. (Within an article: `spelling_rank` in flows/worker/annotation_rows.py.)
CREATE OR REPLACE TEMP MACRO spelling_rank(name) AS CASE WHEN regexp_matches(name, '\p{Ll}\p{Lu}') THEN '1' ELSE '0' END || name;

-- The fresh rows go in behind the others. (A MERGE would do the same; a DuckLake hangs in one that updates.)
CREATE OR REPLACE TEMP TABLE fresh_names AS
WITH ranked AS (
    -- each use of the macro compiles its pattern, which takes 2 ms
    SELECT *, spelling_rank(name) AS rank FROM staged_entity_names
), staged AS (
    -- keys are those of the leading spelling
    SELECT name_id, max(rank) AS rank, arg_max(name, rank) AS name, any_value(type) AS type, max(country_code) AS country_code,
           any_value(plain_id) AS plain_id, any_value(bearer) AS bearer,
           arg_max(group_key, rank) AS group_key, arg_max(coalesce(look_key, ''), rank) AS look_key, arg_max(offer_keys, rank) AS offer_keys
    FROM ranked
    GROUP BY name_id
), former AS (
    SELECT *, spelling_rank(name) AS rank FROM former_names
), joined AS (
    SELECT c.name_id, k.name_number, coalesce(n.entity_id, s.plain_id) AS entity_id,
           coalesce(s.plain_id, n.plain_id) AS plain_id, coalesce(s.bearer, n.bearer) AS bearer,
           CASE WHEN n.rank > s.rank THEN n.name ELSE coalesce(s.name, n.name) END AS name,
           coalesce(s.type, n.type) AS type, coalesce(s.country_code, n.country_code) AS country_code,
           CASE WHEN b.name_id IS NULL THEN list_distinct(c.forms || coalesce(n.forms, [])) ELSE c.forms END AS forms,
           s.rank >= n.rank IS NOT FALSE AND s.name_id IS NOT NULL AS is_fresh,
           s.group_key AS fresh_group, nullif(s.look_key, '') AS fresh_look, s.offer_keys AS fresh_offers, n.group_key, n.look_key, n.offer_keys,
           c.article_count + CASE WHEN b.name_id IS NULL THEN coalesce(n.article_count, 0) ELSE 0 END AS article_count,
           CASE WHEN b.name_id IS NULL THEN c.article_ids || coalesce(n.article_ids, []) ELSE c.article_ids END AS article_ids
    FROM counted_names AS c
    JOIN numbered_names AS k ON k.name_id = c.name_id
    LEFT JOIN former AS n ON n.name_id = c.name_id
    LEFT JOIN staged AS s ON s.name_id = c.name_id
    LEFT JOIN orphaned_names AS b ON b.name_id = c.name_id
), keyed AS (
    SELECT *, list_filter(CASE WHEN is_fresh THEN fresh_offers ELSE offer_keys END, lambda k: NOT starts_with(k, 'acronym ')) AS own_offers
    FROM joined
)
SELECT name_id, entity_id, name, type, country_code,
       -- "the Norwegian" is a person in one article and no name
       list_sort(CASE WHEN type = 'PERSON' AND NOT starts_with(name, 'The ') THEN list_filter(forms, lambda f: NOT starts_with(lower(f), 'the '))
                      ELSE forms END) AS forms,
       CASE WHEN is_fresh THEN fresh_group ELSE group_key END AS group_key,
       CASE WHEN is_fresh THEN fresh_look ELSE look_key END AS look_key,
       -- an organisation that an article introduces by an acronym offers it
       list_sort(own_offers || CASE WHEN type = 'ORG' AND (CASE WHEN is_fresh THEN fresh_look ELSE look_key END) IS NULL THEN
           list_transform(list_filter(forms, lambda f: regexp_full_match(f, '[A-Z]{2,8}')), lambda f: 'acronym ' || lower(f))
           ELSE [] END) AS offer_keys,
       article_count, list_sort(article_ids)[1:6] AS article_ids, plain_id, bearer, name_number,
       (md5_number_lower(name_id) >> 1)::BIGINT AS key_number, (md5_number_lower(entity_id) >> 1)::BIGINT AS entity_number
FROM keyed;

DELETE FROM meta.entity_names
WHERE rowid IN (SELECT name_row FROM former_names WHERE name_id IN (SELECT name_id FROM fresh_names UNION ALL FROM orphaned_names));

INSERT INTO meta.entity_names BY NAME FROM fresh_names ORDER BY name_id;

INSERT INTO touched_names
SELECT n.name_id, n.entity_id, n.group_key, n.look_key, n.offer_keys
FROM fresh_names AS n;
