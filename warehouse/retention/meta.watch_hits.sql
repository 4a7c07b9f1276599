-- Hits of watches that were told, by when they matched.
DELETE FROM meta.watch_hits WHERE matched_at < getvariable('before') AND message_id IS NOT NULL;
