-- The days that are over, of one part of the entities.
INSERT INTO meta.counted_days
SELECT entity_id, named_on, mention_count, article_count, story_count
FROM entity_daily
WHERE named_on <= CAST(timezone('UTC', getvariable('settled_at')::TIMESTAMPTZ) AS DATE)
  AND entity_id >= getvariable('part_from') AND entity_id < getvariable('part_to')
ORDER BY entity_id, named_on;
