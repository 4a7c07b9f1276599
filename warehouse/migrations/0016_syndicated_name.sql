-- The outlet that first printed a text: what the page says of it moves into a column of its own, the domain stays.
ALTER TABLE articles ADD COLUMN syndicated_name VARCHAR;

UPDATE articles SET
    syndicated_name = syndicated_from,
    syndicated_from = CASE
        WHEN regexp_full_match(syndicated_from, '[\w-]+(\.[\w-]+)+') THEN lower(syndicated_from)
        ELSE (
            SELECT any_value(s.source_id) FROM sources AS s
            WHERE lower(regexp_replace(s.name, '^[Tt]he ', '')) = lower(regexp_replace(articles.syndicated_from, '^[Tt]he ', ''))
            HAVING count(DISTINCT s.source_id) = 1
        )
    END
WHERE syndicated_from IS NOT NULL;
