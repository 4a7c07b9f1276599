-- Every source and reason.
INSERT INTO meta.counted_blocks
FROM stripped_by_source
WHERE getvariable('part') = 0
ORDER BY source_id, reason;
