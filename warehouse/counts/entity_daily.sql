-- The days that are over, of one part of the days.
INSERT INTO meta.counted_days
SELECT entity_id, named_on, mention_count, article_count, story_count
FROM entity_daily
WHERE named_on <= CAST(timezone('UTC', getvariable('settled_at')::TIMESTAMPTZ) AS DATE)
  AND named_on >= getvariable('day_from')::DATE AND named_on < getvariable('day_to')::DATE
ORDER BY entity_id, named_on;
